// A command's frame: the values in the command, and the button that copies what is shown.
import { copy } from "./clipboard.js";
import { all, button, make, one, status } from "./dom.js";
import { endsEarly, quoted } from "./quoting.js";
import { gettext, say, sayMany } from "./words.js";

/** @typedef {import("./runbook-values.js").Values} Values */
/** @typedef {import("./runbook-log.js").Log} Log */
/** @typedef {ReturnType<typeof say>} Said */

/**
 * @param {HTMLElement} frame
 * @param {Values} values
 * @param {Log | null} log
 */
export function commandFrame(frame, values, log) {
  const bar = one(".ob-command__bar", HTMLElement, frame);
  const code = one("code", HTMLElement, frame);
  const risk = frame.dataset.obCommand;
  const command = fillable(code, values);
  const said = status();
  const copyButton = button(say("Copy"), start, "ob-button ob-copy");
  const question = questionBelow(bar, () => copyButton.focus());
  let confirmed = "";
  const [firstLine = ""] = command.source.split("\n");
  copyButton.setAttribute("aria-label", gettext("Copy: %(command)s", { command: firstLine.slice(0, 60) }));
  bar.append(said, copyButton);

  function start() {
    const asWritten = button(say("Copy as written"), () => give(command.source));
    const missing = values.missing(command.names);
    const [first] = missing;
    said.textContent = "";
    if (first !== undefined) {
      const fillIn = button(say("Fill in"), () => {
        question.close();
        values.focus(first);
      });
      const names = missing.join(", ");
      const empty = sayMany("%(names)s has no value yet.", "%(names)s have no value yet.", missing.length, { names });
      question.ask(empty, fillIn, asWritten);
    } else if (command.refused) question.ask(command.refused, asWritten);
    else give(code.textContent);
  }

  /** @param {string} text */
  async function give(text) {
    if (risk === "destroy" && confirmed !== text) {
      const confirm = () => {
        confirmed = text;
        give(text);
      };
      const warning = say("This command destroys what cannot be brought back. Copy it?");
      question.ask(warning, button(say("Copy it"), confirm, "ob-button ob-button--danger"));
      return;
    }
    question.cancel();
    const done = await copy(text);
    Object.assign(said, done ? say("Copied") : say("The browser refused; the command is selected"));
    if (!done) getSelection()?.selectAllChildren(code);
    else if (risk === "change" || risk === "destroy") log?.copied(frame, risk, text);
  }

  return {
    risk,
    fill() {
      command.fill();
      said.textContent = "";
      question.close();
    },
    get text() {
      return command.refused ? command.source : code.textContent;
    },
  };
}

/**
 * The text of `code` as it was written, and what puts the values into it. `refused` says why one cannot stand there.
 *
 * @param {HTMLElement} code
 * @param {Values} values
 */
function fillable(code, values) {
  const source = code.textContent;
  const spots = all("[data-ob-var]", HTMLElement, code).map((spot) => {
    const { obVar: name = "", obQuoting: quoting = "" } = spot.dataset;
    return { spot, name, quoting, written: spot.textContent };
  });
  const command = {
    source,
    names: [...new Set(spots.map(({ name }) => name))],
    refused: /** @type {Said | null} */ (null),
    fill,
  };
  function fill() {
    command.refused = null;
    for (const { spot, name, quoting, written } of spots) {
      const value = values.get(name);
      const text = value && quoted(value, quoting, source);
      if (text === null) command.refused = whyNot(name, quoting);
      spot.textContent = text || written;
      spot.classList.toggle("ob-var--filled", Boolean(text));
    }
    if (endsEarly(source, code.textContent)) command.refused = say("A value would end the here-document.");
  }
  return command;
}

/**
 * @param {string} name
 * @param {string} quoting
 */
const whyNot = (name, quoting) =>
  quoting === "none"
    ? say("%(name)s stands where no value can be filled in.", { name })
    : say("%(name)s holds a character that this command cannot carry.", { name });

/**
 * Asks in the page, below `place`: a message and buttons, one of them to leave it. `leave` takes the focus back.
 *
 * @param {HTMLElement} place
 * @param {() => void} leave
 */
function questionBelow(place, leave) {
  /** @type {HTMLElement | null} */
  let shown = null;
  function close() {
    shown?.remove();
    shown = null;
  }
  function cancel() {
    if (!shown) return;
    close();
    leave();
  }
  /**
   * @param {Said} message
   * @param {...HTMLButtonElement} buttons
   */
  function ask(message, ...buttons) {
    close();
    const text = make("p", message);
    shown = make("div", { className: "ob-ask", tabIndex: -1 }, text, ...buttons, button(say("Cancel"), cancel));
    shown.setAttribute("role", "group");
    shown.setAttribute("aria-label", message.textContent);
    shown.addEventListener("keydown", (event) => {
      if (event.key === "Escape") cancel();
    });
    place.after(shown);
    shown.focus();
  }
  return { ask, cancel, close };
}
