// A command's frame: the values in the command, and the button that copies what is shown.
import { copy } from "./clipboard.js";
import { button, make, status } from "./dom.js";
import { endsEarly, quoted } from "./quoting.js";

const DESTROYS = "This command destroys what cannot be brought back. Copy it?";

export function commandFrame(frame, values, log) {
  const bar = frame.querySelector(".ob-command__bar");
  const code = frame.querySelector("code");
  const risk = frame.dataset.obCommand;
  const command = fillable(code, values);
  const said = status();
  const copyButton = button("Copy", start, "ob-button ob-copy");
  const question = questionBelow(bar, () => copyButton.focus());
  let confirmed = "";
  copyButton.setAttribute("aria-label", `Copy: ${command.source.split("\n")[0].slice(0, 60)}`);
  bar.append(said, copyButton);

  function start() {
    const asWritten = button("Copy as written", () => give(command.source));
    const missing = values.missing(command.names);
    said.textContent = "";
    if (missing.length) {
      const fillIn = button("Fill in", () => (question.close(), values.focus(missing[0])));
      question.ask(`${missing.join(", ")} ${missing.length > 1 ? "have" : "has"} no value yet.`, fillIn, asWritten);
    } else if (command.refused) question.ask(command.refused, asWritten);
    else give(code.textContent);
  }

  async function give(text) {
    if (risk === "destroy" && confirmed !== text) {
      const yes = button("Copy it", () => ((confirmed = text), give(text)), "ob-button ob-button--danger");
      question.ask(DESTROYS, yes);
      return;
    }
    question.cancel();
    const done = await copy(text);
    said.textContent = done ? "Copied" : "The browser refused; the command is selected";
    if (!done) getSelection().selectAllChildren(code);
    else if (risk === "change" || risk === "destroy") log.copied(frame, risk, text);
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

// The text of `code` as it was written, and what puts the values into it. `refused` says why one cannot stand there.
function fillable(code, values) {
  const source = code.textContent;
  const spots = [...code.querySelectorAll("[data-ob-var]")].map((spot) => ({ spot, written: spot.textContent }));
  const command = { source, names: [...new Set(spots.map(({ spot }) => spot.dataset.obVar))], refused: "", fill };
  function fill() {
    command.refused = "";
    for (const { spot, written } of spots) {
      const name = spot.dataset.obVar;
      const value = values.get(name);
      const text = value && quoted(value, spot.dataset.obQuoting, source);
      if (text === null) command.refused = whyNot(name, spot.dataset.obQuoting);
      spot.textContent = text || written;
      spot.classList.toggle("ob-var--filled", Boolean(text));
    }
    if (endsEarly(source, code.textContent)) command.refused = "A value would end the here-document.";
  }
  return command;
}

const whyNot = (name, quoting) =>
  quoting === "none"
    ? `${name} stands where no value can be filled in.`
    : `${name} holds a character that this command cannot carry.`;

// Asks in the page, below `place`: a message and buttons, one of them to leave it. `leave` takes the focus back.
function questionBelow(place, leave) {
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
  function ask(message, ...buttons) {
    close();
    const text = make("p", { textContent: message });
    shown = make("div", { className: "ob-ask", tabIndex: -1 }, text, ...buttons, button("Cancel", cancel));
    shown.setAttribute("role", "group");
    shown.setAttribute("aria-label", message);
    shown.addEventListener("keydown", (event) => {
      if (event.key === "Escape") cancel();
    });
    place.after(shown);
    shown.focus();
  }
  return { ask, cancel, close };
}
