// Which values are let into a command, and how they are written there. A value comes from the address as well, so from
// anybody: it must come out as one word of the command, whatever it holds, or not at all.

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const LONGEST = 500;

// Why `value` is refused; empty when it is not.
export function refusal(value, pattern, example) {
  if (value.length > LONGEST) return `is longer than ${LONGEST} characters`;
  if (UNSEEN.test(value)) return "holds a line end or a character that cannot be seen";
  if (value.startsWith("-") && !example.startsWith("-")) return "starts with “-”, so a command would take it for an option";
  if (!new RegExp(`^(?:${pattern})$`).test(value)) return `does not match ${pattern}`;
  return "";
}

const WAYS = {
  bare: (value) => (/^[\w./:@%+,-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`),
  // An interactive shell reads `!` inside double quotes, and takes no backslash for it.
  double: (value) => value.replace(/[\\"$`]/g, "\\$&").replaceAll("!", `"'!'"`),
  heredoc: (value) => value.replace(/[\\$`]/g, "\\$&"),
  // The same in either kind of quotes. Between backquotes nothing is escaped, so nothing that would have to be fits.
  promql: (value, command) => {
    const written = value.replace(/[\\"'`]/g, (character) => `\\x${character.charCodeAt(0).toString(16)}`);
    return written !== value && command.includes("`") ? null : written;
  },
};

// `value` as it stands in `command` where the quoting is `quoting`; null where it cannot be written.
export const quoted = (value, quoting, command) => WAYS[quoting](value, command);

// Whether a line that was filled in ends a here-document of `source` too early.
export function endsEarly(source, filled) {
  const lines = source.split("\n");
  return filled.split("\n").some((line, at) => {
    const word = line.replace(/^\t+/, "");
    return line !== lines[at] && /^[\w.-]+$/.test(word) && new RegExp(`<<-?\\s*["'\\\\]?${word}(?![\\w.-])`).test(source);
  });
}
