// Which values are let into a command, and how they are written there. A value comes from the address as well, so from
// anybody: it must come out as one word of the command, whatever it holds, or not at all. What is written is the same
// text for bash, zsh and dash, typed or pasted into a terminal or run from a file.
import { N_ } from "./message.js";

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
export const LONGEST = 500;

/**
 * Returns the text that says why `value` is refused, and nothing where it is not.
 *
 * @param {string} value
 * @param {string} pattern
 * @param {string} example
 */
export function refusal(value, pattern, example) {
  if (value.length > LONGEST)
    return N_("“%(value)s” is refused: it is longer than %(most)s characters. For example: %(example)s");
  if (UNSEEN.test(value))
    return N_(
      "“%(value)s” is refused: it holds a line end or a character that cannot be seen. For example: %(example)s",
    );
  if (value.startsWith("-") && !example.startsWith("-"))
    return N_(
      "“%(value)s” is refused: it starts with “-”, so a command would take it for an option. For example: %(example)s",
    );
  if (!new RegExp(`^(?:${pattern})$`).test(value))
    return N_("“%(value)s” is refused: it does not match %(pattern)s. For example: %(example)s");
  return "";
}

/**
 * How a value is written by what surrounds it: as text, or null where it cannot be written there.
 *
 * @type {Record<string, (value: string, command: string) => string | null>}
 */
const WAYS = {
  // Always in quotes: a shell reads `~`, `=`, `*`, braces and words of its own in what is not.
  bare: (value) => `'${value.replaceAll("'", "'\\''")}'`,
  // An interactive shell reads `!` inside double quotes, and takes no backslash for it.
  double: (value) => value.replace(/[\\"$`]/g, "\\$&").replaceAll("!", `"'!'"`),
  heredoc: (value) => value.replace(/[\\$`]/g, "\\$&"),
  // Another program, or a shell that reads the text in its own way, gets to see the value: only what means nothing to
  // any of them is let through. `PLAIN` in runbooks/lint_places.py knows the same characters.
  plain: (value) => (/^(?!=)[\p{L}\p{M}\p{Nd}_./:@%+,=-]+$/u.test(value) ? value : null),
  // Between backquotes, where the shell computes and where the name of a command stands, no quotes help.
  none: () => null,
  // The same in either kind of quotes. Between backquotes nothing is escaped, so nothing that would have to be fits.
  promql: (value, command) => {
    const written = value.replace(/[\\"'`]/g, (character) => `\\x${character.charCodeAt(0).toString(16)}`);
    return written !== value && command.includes("`") ? null : written;
  },
};

/**
 * Returns `value` as it stands in `command` where the quoting is `quoting`; null where it cannot be written.
 *
 * @param {string} value
 * @param {string} quoting
 * @param {string} command
 */
export function quoted(value, quoting, command) {
  const write = Object.hasOwn(WAYS, quoting) ? WAYS[quoting] : undefined;
  return write && !UNSEEN.test(value) ? write(value, command) : null;
}

const DELIMITER = /<<-?[ \t]*((?:\\.|'[^'\n]*'|"[^"\n]*"|[^\s;&|<>()\\'"])+)/g;

/**
 * Returns whether a line that was filled in ends a here-document of `source` too early. Inside of `$(…)` bash takes the
 * word for the end with a closing bracket behind it as well.
 *
 * @param {string} source
 * @param {string} filled
 */
export function endsEarly(source, filled) {
  const words = [...source.matchAll(DELIMITER)].map(([, word = ""]) => word.replace(/["'\\]/g, ""));
  const lines = source.split("\n");
  return filled.split("\n").some((line, at) => {
    const text = line.replace(/^\t+/, "");
    const ends = (/** @type {string} */ word) =>
      text === word || (text.startsWith(word) && text.slice(word.length).includes(")"));
    return line !== lines[at] && words.some(ends);
  });
}
