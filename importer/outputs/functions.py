# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""The file of C functions that make texts which no column type makes, with marked stubs for what is
beyond."""

import re

from .c_text import literal
from .expr import PLAIN, walk
from .text_function import TextFunction

HELPERS = {
    "now_ns": """static unsigned long long now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000ULL + now.tv_nsec;
}""",
    "rounded": """/* The nearest whole number, of two the even one. */
static long long rounded(double number)
{
	long long whole = (long long)number;
	double rest = number - whole;

	if (rest > 0.5 || (rest == 0.5 && whole % 2))
		whole++;
	else if (rest < -0.5 || (rest == -0.5 && whole % 2))
		whole--;
	return whole;
}""",
    "shortest": """/* A number rounded to some digits, with as many of them as it has, as Python's str(). */
static const char *shortest(double number, int digits)
{
	static char text[TEXT_SIZE];
	const char *power;
	int exponent, behind, nr = 0;

	snprintf(text, sizeof(text), "%.*f", digits, number);
	number = strtod(text, NULL);
	do
		snprintf(text, sizeof(text), "%.*e", nr, number);
	while (++nr < 17 && strtod(text, NULL) != number);
	power = strchr(text, 'e');
	exponent = power ? atoi(power + 1) : 16;
	behind = nr - 1 - exponent;
	if (exponent >= -4 && exponent < 16)
		snprintf(text, sizeof(text), "%.*f", behind > 1 ? behind : 1, number);
	return text;
}""",
    "append": """/* Puts more behind a text; one that is too long for its place ends in "...". */
static void append(char *text, const char *format, va_list args)
{
	size_t size = strlen(text);

	if (vsnprintf(text + size, TEXT_SIZE - size, format, args) >= (int)(TEXT_SIZE - size))
		memcpy(text + TEXT_SIZE - 4, "...", 4);
}""",
    "add_text": """__attribute__((format(printf, 2, 3)))
static void add_text(char *text, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	append(text, format, args);
	va_end(args);
}""",
    "set_text": """__attribute__((format(printf, 2, 3)))
static const char *set_text(char *text, const char *format, ...)
{
	va_list args;

	text[0] = '\\0';
	va_start(args, format);
	append(text, format, args);
	va_end(args);
	return text;
}""",
    "file_text": """/* What a file has up to the end of its first line; nothing if it can't be read. */
__attribute__((format(printf, 1, 2)))
static const char *file_text(const char *format, ...)
{
	static char text[TEXT_SIZE];
	char path[TEXT_SIZE];
	va_list args;
	FILE *file;

	va_start(args, format);
	vsnprintf(path, sizeof(path), format, args);
	va_end(args);
	text[0] = '\\0';
	file = fopen(path, "re");
	if (!file)
		return text;
	if (fgets(text, sizeof(text), file))
		text[strcspn(text, "\\n")] = '\\0';
	fclose(file);
	return text;
}""",
    "file_number": """/* The number behind a name and a colon in a line of a file; 0 where that is not there. */
static long long file_number(const char *path, const char *name)
{
	size_t size = strlen(name);
	long long number = 0;
	char line[TEXT_SIZE];
	FILE *file;

	file = fopen(path, "re");
	if (!file)
		return 0;
	while (fgets(line, sizeof(line), file))
		if (!strncmp(line, name, size) && line[size] == ':') {
			number = strtoll(line + size + 1, NULL, 10);
			break;
		}
	fclose(file);
	return number;
}""",
    "nr_files": """/* How many files of a folder have a name that begins so; none where it can't be read. */
__attribute__((format(printf, 2, 3)))
static int nr_files(const char *prefix, const char *format, ...)
{
	const struct dirent *entry;
	char path[TEXT_SIZE];
	va_list args;
	DIR *folder;
	int nr = 0;

	va_start(args, format);
	vsnprintf(path, sizeof(path), format, args);
	va_end(args);
	folder = opendir(path);
	if (!folder)
		return 0;
	while ((entry = readdir(folder)))
		nr += entry->d_name[0] != '.' && !strncmp(entry->d_name, prefix, strlen(prefix));
	closedir(folder);
	return nr;
}""",
    "replaced": """/* A text of up to so many bytes with another word in place of one; valid until the next call. */
static const char *replaced(const char *text, size_t size, const char *old, const char *new)
{
	static char *copy;
	static size_t room;
	const char *end = text + strnlen(text, size);
	size_t nr = 0, most = (size_t)(end - text) * (strlen(new) + 1) + 1;
	char *larger;

	if (most > room) {
		larger = realloc(copy, most);
		if (!larger)
			return "";
		copy = larger;
		room = most;
	}
	while (text < end) {
		if ((size_t)(end - text) >= strlen(old) && !memcmp(text, old, strlen(old))) {
			memcpy(copy + nr, new, strlen(new));
			nr += strlen(new);
			text += strlen(old);
		} else {
			copy[nr++] = *text++;
		}
	}
	copy[nr] = '\\0';
	return copy;
}""",
    "blanks": """static const char blanks[] = " \\t\\n\\v\\f\\r";""",
    "word_of": """/* The word of a text behind so many; without a separator between blanks. Valid for 8 calls. */
static const char *word_of(const char *text, const char *separator, size_t before)
{
	static char words[8][1024];
	static unsigned int nr;
	char *word = words[nr++ % 8];
	size_t size;

	for (;; text += size + 1, before--) {
		text += separator ? 0 : strspn(text, blanks);
		size = strcspn(text, separator ? separator : blanks);
		if (!before || !text[size])
			break;
	}
	snprintf(word, sizeof(words[0]), "%.*s", before ? 0 : (int)size, text);
	return word;
}""",
    "nr_words": """/* How many words word_of() finds. */
static size_t nr_words(const char *text, const char *separator)
{
	size_t nr = separator ? 1 : 0;

	if (separator)
		while ((text = strchr(text, *separator))) {
			text++;
			nr++;
		}
	else
		for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
			text += strcspn(text, blanks);
			nr++;
		}
	return nr;
}""",
    "matches": """/* Whether a regular expression is found in a text of up to so many bytes. */
static int matches(const char *text, size_t size, const char *pattern)
{
	regmatch_t range = { .rm_eo = (regoff_t)strnlen(text, size) };
	regex_t expression;
	int found;

	if (regcomp(&expression, pattern, REG_EXTENDED))
		return 0;
	found = !regexec(&expression, text, 1, &range, REG_STARTEND);
	regfree(&expression);
	return found;
}""",
    "times": """/* How often a text is repeated: never for less than 1, as Python's *. */
static int times(long long count)
{
	return count > 0 ? (int)count : 0;
}""",
    "floor_div": """/* Division that rounds down, as Python's //. */
static long long floor_div(long long number, long long by)
{
	return number / by - (number % by != 0 && (number < 0) != (by < 0));
}""",
    "floor_mod": """/* What floor_div() leaves, as Python's %. */
static long long floor_mod(long long number, long long by)
{
	return number - by * (number / by - (number % by != 0 && (number < 0) != (by < 0)));
}""",
}
# Those that expressions call by their names.
CALLED = ("floor_div", "floor_mod", "rounded", "replaced", "matches", "file_number", "nr_files", "word_of", "nr_words")
# What a helper calls.
NEEDED = {"add_text": ("append",), "set_text": ("append",), "word_of": ("blanks",), "nr_words": ("blanks",)}


class Code:
    """The file `code` of a manifest."""

    def __init__(self):
        self.functions, self.stubs, self.helpers = {}, {}, {}
        self.bodies = {}                # what functions do, without the names of parameters
        self.needed = set()             # functions that expressions call

    def helper(self, name):
        for other in NEEDED.get(name, ()):
            self.helper(other)
        self.helpers[name] = HELPERS[name]

    def help_calls(self, text):
        """Adds the helpers that a text calls."""
        for name in CALLED:
            if re.search(rf"\b{name}\(", text):
                self.helper(name)

    def unique(self, hint, suffix="text"):
        words = re.sub(r"[^a-z0-9]+", "_", hint.lower()).strip("_") or "column"
        name = base = f"{'of_' if words[0].isdigit() else ''}{words}_{suffix}"
        number = 2
        while name in self.functions:
            name, number = f"{base}_{number}", number + 1
        return name

    def text(self, writer, hint, value, spec=PLAIN, suffix="text"):
        """The call of a function that makes a text."""
        for node in walk(value):
            if node.op in ("unknown", "absent", "state"):
                writer.write(node)
        function = TextFunction(self, writer, self.unique(hint, suffix))
        written = function.write(value, spec)
        for name, known in self.bodies.items():
            if known == function.body:
                return f"{name}({', '.join(function.arguments)})"
        self.functions[function.name], self.bodies[function.name] = written, function.body
        return f"{function.name}({', '.join(function.arguments)})"

    def number(self, writer, hint, value):
        """The call of a function that makes a whole number, of one with choices of choices."""
        function = TextFunction(self, writer, self.unique(hint, "number"))
        self.functions[function.name] = function.write_number(value)
        return f"{function.name}({', '.join(function.arguments)})"

    def time(self, form, zone=""):
        """The call of a function that gives the time of day."""
        plain = form in ("%H:%M:%S", "%X") and not zone
        return "time_of_day()" if plain else self.day(form, zone)

    def day(self, form, zone="", shorter=0):
        """The call of a function that gives the time of day in another form."""
        milliseconds = form.endswith(".%f")
        name = base = "utc_text" if zone else "time_text"
        lines = [f"static const char *{name}(void)", "{", "\tstatic char text[64];",
                 "\tstruct timespec now;", "\tstruct tm tm;", "",
                 "\tclock_gettime(CLOCK_REALTIME, &now);",
                 f"\t{'gmtime_r' if zone else 'localtime_r'}(&now.tv_sec, &tm);",
                 f"\tstrftime(text, sizeof(text), {literal(form.removesuffix('.%f'))}, &tm);"]
        if milliseconds:
            lines.append("\tsnprintf(text + strlen(text), sizeof(text) - strlen(text), "
                         f"\".%0{6 - shorter}ld\",")
            lines.append(f"\t\t now.tv_nsec / {10 ** (3 + shorter)});")
        written = "\n".join([*lines, "\treturn text;", "}"])
        number = 2
        while self.helpers.get(name, written) != written:
            written = written.replace(f"{name}(void)", f"{base}_{number}(void)")
            name, number = f"{base}_{number}", number + 1
        self.helpers[name] = written
        return f"{name}()"

    def listed(self, option):
        """The call of a function that shows all values of an option, as Python a list."""
        self.helper("add_text")
        name = f"all_of_{option}"
        self.helpers[name] = "\n".join([
            f"static const char *{name}(void)", "{", "\tstatic char text[TEXT_SIZE];", "",
            "\ttext[0] = '\\0';", "\tadd_text(text, \"[\");",
            f"\tfor (unsigned int i = 0; i < opt.nr_{option}; i++)",
            f"\t\tadd_text(text, \"%s%lld\", i ? \", \" : \"\", (long long)opt.{option}[i]);",
            "\tadd_text(text, \"]\");", "\treturn text;", "}"])
        return f"{name}()"

    def stub(self, hint, what, line, record):
        """The call of a function that somebody has to write: it fails the build until then."""
        base = name = self.unique(hint).removesuffix("_text") + "_to_write"
        number = 2
        while name in self.stubs:
            name, number = f"{base}_{number}", number + 1
        parameter = f"const {record} *e" if record else "void"
        says = what.replace("\\", "\\\\").replace('"', "'")
        self.stubs[name] = "\n".join([
            f"/* Line {line} of the script: {what.replace('*/', '* /')}. */",
            f'#error "line {line} of the script: {says}: write this function, remove this line"',
            f"static const char *{name}({parameter})", "{", '\treturn "";', "}"])
        return f"{name}({'e' if record else ''})"

    def written(self):
        """[(name, text)] of the functions of the file, those first that others call."""
        functions = [*self.functions.items(), *self.stubs.items()]
        for _, text in functions:
            self.help_calls(text)
        return [*self.helpers.items(), *functions]
