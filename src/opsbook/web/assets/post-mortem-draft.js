// The draft of a post-mortem: the page of a runbook writes it, that of the template reads it.
import { read, write } from "./storage.js";

const KEY = "opsbook:post-mortem";
const WORDS = 8;
const LETTERS = 100;

/**
 * What is known of an incident: the fields of the template by name, all but the title only where they are known.
 *
 * @typedef {{ title: string } & Partial<Record<string, string>>} Draft
 */

/**
 * Returns the draft, or null where there is none.
 *
 * @returns {Draft | null}
 */
export function loadDraft() {
  const kept = Object.entries(read("localStorage", KEY) ?? {}).filter(([, value]) => typeof value === "string");
  const { title, ...fields } = Object.fromEntries(kept);
  return title === undefined ? null : { ...fields, title };
}

/** @param {Draft} draft */
export const saveDraft = (draft) => write("localStorage", KEY, draft);
export const discardDraft = () => write("localStorage", KEY, null);

/**
 * Returns the name of the post-mortem's file: the day, then the first words of the title in letters that an address may
 * hold. `opsbook post-mortem new` gives the same one (`file_name` in cli/postmortem.py); a test compares the two.
 *
 * @param {Draft} draft
 */
export function fileName({ title, started, detected }) {
  const day = (started || detected || new Date().toISOString()).slice(0, 10);
  const plain = title
    .normalize("NFKD")
    .replace(/[\u0080-\uffff]/g, "")
    .toLowerCase();
  const words = (plain.match(/[a-z0-9]+/g) ?? ["incident"]).slice(0, WORDS).join("-");
  return `${day}-${words.slice(0, LETTERS).replace(/-$/, "")}.md`;
}
