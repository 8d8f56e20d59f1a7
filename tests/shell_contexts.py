"""Commands with a variable `$X` in every context of the shell, and values that try to leave their quotes.

Each command prints the value of `$X`, and nothing but that and a line end.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Context:
    """A command, and how a value is written there. `shells` are those that can run it."""

    name: str
    code: str
    writing: str
    shells: tuple[str, ...] = ("bash", "zsh", "dash")
    is_typed: bool = True
    """Whether it also works when it is typed into a shell, where zsh knows no comments."""


BOTH = ("bash", "zsh")
BASH = ("bash",)
PRINT = r"printf '%s\n'"

FILLED = (
    Context("bare word", f"{PRINT} $X", "bare"),
    Context("inside of a bare word", f"{PRINT} a$X | sed 's/^a//'", "bare"),
    Context("double quotes", f'{PRINT} "$X"', "double"),
    Context("double quotes with braces", f'{PRINT} "${{X}}"', "double"),
    Context("quotes side by side", f"{PRINT} ''\"$X\"''", "double"),
    Context("behind an escaped dollar sign", f"{PRINT} \"\\$$X\" | sed 's/^[$]//'", "double"),
    Context("quotes over two lines", f"{PRINT} \"a\n$X\" | tail -n 1", "double"),
    Context("translated quotes", f"{PRINT} $\"$X\"", "double", BASH),
    Context("behind a dollar quote", f"{PRINT} $'a\\tb' \"$X\" | tail -n 1", "double", BOTH),
    Context("here-document", "cat <<EOF\n$X\nEOF", "heredoc"),
    Context("here-document among quotes", "cat <<EOF | cut -c 3-\n\"'$X\nEOF", "heredoc"),
    Context("here-document with tabs", "cat <<-EOF\n\t$X\n\tEOF", "heredoc"),
    Context("here-document with an odd word", "cat <<1+1\n$X\n1+1", "heredoc"),
    Context("two here-documents", "cat <<A - <<B\na\nA\n$X\nB", "heredoc", ("bash", "dash")),
    Context("behind a quoted here-document", f"cat >/dev/null <<'E F'\n'\"`$(\nE F\n{PRINT} \"$X\"", "double"),
    Context("substitution in a here-document", f"cat <<EOF\n$({PRINT} \"$X\")\nEOF", "double"),
    Context("here-string", 'cat <<<"$X"', "double", BOTH),
    Context("bare here-string", "cat <<<$X", "bare", BOTH),
    Context("substitution", f'{PRINT} "$({PRINT} "$X")"', "double"),
    Context("bare in a substitution", f'{PRINT} "$({PRINT} $X)"', "bare"),
    Context("nested substitutions", f'{PRINT} "$({PRINT} "$({PRINT} "$X")")"', "double"),
    Context("a choice in a substitution", f'{PRINT} "$(case a in a) {PRINT} "$X" ;; esac)"', "plain"),
    Context("behind a choice in a substitution", f': "$(case a in a) : ;; esac)"; {PRINT} "$X"', "plain"),
    Context("assignment", f'a=$X; {PRINT} "$a"', "bare"),
    Context("quoted assignment", f'a="$X"; {PRINT} "$a"', "double"),
    Context("environment", "a=\"$X\" sh -c 'printf \"%s\\n\" \"$a\"'", "double"),
    Context("exported assignment", f'export A="$X"; {PRINT} "$A"', "double"),
    Context("choice", f'case $X in zzz) ;; *) {PRINT} "$X" ;; esac', "bare double"),
    Context("pattern of a choice", f'case "$X" in "$X") {PRINT} "$X" ;; esac', "double double double"),
    Context("loop", f'for i in $X; do {PRINT} "$i"; done', "bare"),
    Context("brace expansion", f"{PRINT} {{a,$X}} | tail -n +2", "bare", BOTH),
    Context("test", f'if [ "$X" = "$X" ]; then {PRINT} "$X"; fi', "double double double"),
    Context("condition", f'if [[ "$X" == $X ]]; then {PRINT} "$X"; fi', "double bare double", BOTH),
    Context("process substitution", f'cat <({PRINT} "$X")', "double", BOTH),
    Context("bare in a process substitution", f"cat <({PRINT} $X)", "bare", BOTH),
    Context("list", f'a=(b "$X"); {PRINT} "${{a[@]}}" | tail -n 1', "double", BOTH),
    Context("function", f'f() {{ {PRINT} "$1"; }}; f "$X"', "double"),
    Context("argument of a second shell", "sh -c 'printf \"%s\\n\" \"$1\"' sh \"$X\"", "double"),
    Context("argument of a program of awk", "awk 'BEGIN { print ARGV[1] }' \"$X\"", "double"),
    Context("pipeline", f'{PRINT} "$X" | cat', "double"),
    Context("redirection", 'cat 2>"/dev/null" <<EOF | cat\n$X\nEOF', "heredoc"),
    Context("behind a comment", f': # plain words\n{PRINT} "$X"', "double"),
    Context("behind a quote in a comment", f': # don\'t\n{PRINT} "$X"', "plain", is_typed=False),
    Context("behind an escaped quote", f"{PRINT} $'it\\'s' \"$X\" | tail -n 1", "plain", BOTH, is_typed=False),
    Context("here-document in a substitution", f'{PRINT} "$(cat <<EOF\n$X\nEOF\n)"', "plain"),
    Context("program of a second shell", f"sh -c \"{PRINT} $X\"", "plain"),
    Context("quoted in a second shell", f"bash -c \"{PRINT} '$X'\"", "plain"),
    Context("quoted twice", f'bash -c "{PRINT} \\"$X\\""', "plain"),
    Context("login shell", f'bash -lc "{PRINT} $X"', "plain"),
    Context("settings of a second shell", f'bash -euo pipefail -c "{PRINT} $X"', "plain"),
    Context("evaluated", f'eval "{PRINT} $X"', "plain"),
    Context("evaluated word by word", "eval printf '%s' $X; echo", "plain"),
    Context("for each argument", f'echo a | xargs -I{{}} sh -c "{PRINT} $X"', "plain"),
    Context("fed to a second shell", f"sh <<EOF\n{PRINT} $X\nEOF", "plain"),
    Context("here-string of a second shell", f'sh <<<"{PRINT} $X"', "plain", BOTH),
    Context("piped into a second shell", "echo \"printf %s $X; echo\" | sh", "plain"),
    Context("found", f'find . -maxdepth 0 -exec sh -c "{PRINT} $X" \\;', "plain"),
    Context("kept, then a program", f'a="$X"; sh -c "{PRINT} $a"', "plain"),
    Context("program of awk", "awk \"BEGIN { print \\\"$X\\\" }\"", "plain"),
    Context("program of sed", 'echo a | sed "s|a|$X|"', "plain"),
)  # fmt: skip
"""Where a value can stand. `writing` has a word for each use."""

REFUSED = (
    Context("backquotes", f"{PRINT} `{PRINT} $X`", "none"),
    Context("quoted in backquotes", f'{PRINT} `{PRINT} "$X"`', "none"),
    Context("backquotes in double quotes", f'{PRINT} "`{PRINT} "$X"`"', "none"),
    Context("nested backquotes", f'{PRINT} "`{PRINT} \\`{PRINT} $X\\``"', "none"),
    Context("backquotes in a here-document", f"cat <<EOF\n`{PRINT} $X`\nEOF", "none"),
    Context("substitution in backquotes", f'{PRINT} `{PRINT} "$({PRINT} "$X")"`', "none"),
    Context("fallback", f'{PRINT} "${{Y:-$X}}"', "none"),
    Context("bare fallback", f"{PRINT} ${{Y:-$X}}", "none"),
    Context("quoted in a fallback", f'{PRINT} "${{Y:-"$X"}}"', "none"),
    Context("taken away", f'{PRINT} "${{Y#$X}}"', "none"),
    Context("replaced", f'{PRINT} "${{Y//$X/b}}"', "none"),
    Context("offset", f'{PRINT} "${{Y:$X:1}}"', "none"),
    Context("index", f'{PRINT} "${{a[$X]}}"', "none"),
    Context("index of an assignment", "a[$X]=1", "none"),
    Context("computed from the value", f'{PRINT} "${{X%-*}}"', "none"),
    Context("arithmetic", f"{PRINT} $(( $X + 1 ))", "none"),
    Context("arithmetic with brackets", f"{PRINT} \"$(( ((2)) * $X ))\"", "none"),
    Context("arithmetic without a dollar sign", f"{PRINT} $(( X + 1 ))", "none"),
    Context("old arithmetic", f"{PRINT} $[ $X + 1 ]", "none"),
    Context("arithmetic command", "(( $X > 3 ))", "none"),
    Context("number in a condition", '[[ "$X" -gt 3 ]]', "none"),
    Context("name in a condition", '[ -v "$X" ]', "none"),
    Context("number of a declaration", 'declare -i n="$X"', "none"),
    Context("name that is read", 'read -r "$X"', "none"),
    Context("name that is declared", 'declare "$X"', "none"),
    Context("let", 'let "n=$X"', "none"),
    Context("name of a command", '"$X" a', "none"),
    Context("name of a command for root", 'sudo -u root "$X" a', "none"),
    Context("name of a command in a second shell", 'sh -c "cd /tmp && $X"', "none"),
    Context("whole program", 'bash -c "$X"', "none"),
    Context("command of another host", 'ssh host "$X"', "none"),
    Context("kept, then a whole program", 'a="$X"; eval "$a"', "none"),
)  # fmt: skip
"""Where no value can stand."""

UNRUN = (
    Context("another host", 'ssh "$X" "ls $X"', "plain plain"),
    Context("document for another host", "ssh host <<EOF\nls $X\nEOF", "plain"),
    Context("a pod", 'kubectl exec "$X" -c "$X" -- sh -c "ls $X"', "double double plain"),
    Context("a container", 'docker exec c sh -lc "ls $X"', "plain"),
    Context("another user", 'su - user -c "ls $X"', "plain"),
    Context("root", 'sudo sh -c "ls $X"', "plain"),
    Context("watched", 'watch "ls $X"', "plain"),
    Context("query", "psql \"host=$X\" -Atc \"select '$X'\"", "double plain"),
    Context("long query", "psql --command \"select '$X'\"", "plain"),
    Context("query that is fed", "psql <<SQL\nselect '$X'\nSQL", "plain"),
    Context("query of another program", "mysql -e \"select '$X'\"", "plain"),
    Context("program of python", "python3 -c \"print('$X')\"", "plain"),
    Context("program of jq", 'jq ".[\\"$X\\"]" "$X"', "plain double"),
    Context("argument of jq", "jq --arg x \"$X\" '.[$x]' \"$X\"", "double double"),
    Context("argument of awk", "awk -v x=\"$X\" '{ print x }' \"$X\"", "double double"),
    Context("command of any program", 'gcloud compute ssh host --command="ls $X"', "plain"),
    Context("trap", 'trap "rm $X" EXIT', "plain"),
    Context("group piped into a shell", '{ echo "$X"; echo "$X"; } | sh', "plain plain"),
    Context("loop piped into a shell", 'for i in a; do echo "$X"; done | bash', "plain"),
    Context("kept, then computed", 'a="$X"; echo "$(( a + 1 ))"', "plain"),
    Context("kept, then cut", 'a="$X"; echo "${a%-*}"', "double"),
    Context("printed, kept, then a program", 'a="$(cat "$X")"; sh -c "echo $a"', "plain"),
    Context("single quotes", "echo '$X' $'$X'", ""),
    Context("quoted here-document", "cat <<'EOF'\n$X\nEOF", ""),
    Context("comment", "ls # $X", ""),
    Context("number of the process", 'echo "$$X" $$X', ""),
)  # fmt: skip
"""What a test does not run: the place alone is judged."""

VALUES = (
    "plain", "shop-1.example/x_y:8080@a%b+c,d", "$(echo probe)", "`echo probe`", "; echo probe", "& echo probe",
    '" ; echo probe #', "' ; echo probe #", "'\"; echo probe; \"'", "') ; echo probe ; ('", '") ; echo probe ; ("',
    "'", '"', "''", "\\", "a\\", "\\'; echo probe; \\'", '\\"; echo probe; \\"', "\\$(echo probe)", "\\`echo probe\\`",
    "\\\\$(echo probe)", "\\\\`echo probe\\\\`", "$HOME", "${x:-$(echo probe)}", "a[$(echo probe)]", "(echo probe)",
    "{echo,probe}", "HOME", "!!", "!echo", "it's !not! here", "*", "[a-z]", "~root", "{a,b}", "{1..3}", "%s%n",
    "\\n\\0101", "=ls", "# echo probe", "EOF", "EOF) ; echo probe", "  a  b  ", "<(echo probe)", ">out", "<<EOF",
    "$'\\x41'", "};echo probe;{", ")", "esac", "é 漢字 🙂", "a'b\"c`d$e\\f!g", "'" * 40, "x" * 500,
    "-n", "--", "1;echo probe",
)  # fmt: skip
"""What somebody may write into a link. Harmless, all of them: they would print a word."""
