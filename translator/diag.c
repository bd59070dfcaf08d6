// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Diagnostics: collects messages, then prints them in source order. Files come
 * in the order of their first message, a file's own messages before those with
 * a line, and messages without any file at the end, as they are about the whole
 * run. See diag.h for the rest.
 */
#include "diag.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Words longer than this are no typing mistake of a key. */
#define NEAREST_MAX 64

struct part {
	bool is_help;
	struct b2c_loc loc;
	const char *text;
};

struct message {
	enum b2c_diag_id id;
	struct b2c_loc loc;
	size_t file_rank;	/* place of loc.file in b2c_diag.files */
	size_t sequence;
	unsigned int parse;	/* b2c_diag.parse when it was reported */
	const char *text;
	struct part *parts;
	size_t nr_parts;
	bool duplicate;
};

struct source {
	const char *file;
	const char *text;
};

struct b2c_diag {
	struct b2c_arena *arena;
	bool verbose;
	unsigned int parse;	/* how often the program was parsed */
	struct message **messages;
	size_t nr_messages;
	const char **files;	/* in order of first report */
	size_t nr_files;
	struct source *sources;
	size_t nr_sources;
	size_t counts[B2C_BUG + 1];
};

static const struct {
	const char *text;
	enum b2c_severity severity;
} rows[] = {
#define DIAG(id, text, severity, summary) [B2C_DIAG_##id] = { text, severity },
#include "diagnostics.def"
#undef DIAG
};

static const char *const labels[] = {
	[B2C_REMARK] = "remark",
	[B2C_WARNING] = "warning",
	[B2C_ERROR] = "error",
	[B2C_ENVIRONMENT] = "error",
	[B2C_BUG] = "internal error",
};

const char *diag_id_text(enum b2c_diag_id id)
{
	return rows[id].text;
}

struct b2c_diag *diag_new(struct b2c_arena *arena, bool verbose)
{
	struct b2c_diag *diag = arena_alloc(arena, sizeof(*diag));

	diag->arena = arena;
	diag->verbose = verbose;
	return diag;
}

void diag_begin_parse(struct b2c_diag *diag)
{
	diag->parse++;
}

static struct source *source_find(const struct b2c_diag *diag, const char *file)
{
	size_t i;

	for (i = 0; i < diag->nr_sources; i++)
		if (!strcmp(diag->sources[i].file, file))
			return &diag->sources[i];
	return NULL;
}

void diag_add_source(struct b2c_diag *diag, const char *file, const char *text)
{
	struct source *source = source_find(diag, file);

	if (!source) {
		source = arena_append(diag->arena, diag->sources, diag->nr_sources);
		source->file = file;
	}
	source->text = text;
}

/* Place of `file` in the order of first report; no file comes last. */
static size_t file_rank(struct b2c_diag *diag, const char *file)
{
	size_t i;

	if (!file)
		return SIZE_MAX;
	for (i = 0; i < diag->nr_files; i++)
		if (!strcmp(diag->files[i], file))
			return i;
	*arena_append(diag->arena, diag->files, diag->nr_files) = arena_strdup(diag->arena, file);
	return i;
}

static bool message_equal(const struct message *a, const struct message *b)
{
	return a->id == b->id && a->file_rank == b->file_rank && a->loc.line == b->loc.line &&
	       a->loc.column == b->loc.column && !strcmp(a->text, b->text);
}

static bool message_is_known(const struct b2c_diag *diag, const struct message *message)
{
	size_t i;

	for (i = 0; i < diag->nr_messages; i++)
		if (message_equal(diag->messages[i], message))
			return true;
	return false;
}

/* Whether earlier parses gave the same warning as often as this one does with `message`. */
static bool message_is_echo(const struct b2c_diag *diag, const struct message *message)
{
	size_t i, nr_now = 1, nr_before = 0;

	if (rows[message->id].severity >= B2C_ERROR)
		return false;
	for (i = 0; i < diag->nr_messages; i++) {
		const struct message *other = diag->messages[i];

		if (other->id != message->id || strcmp(other->text, message->text))
			continue;
		nr_now += other->parse == message->parse;
		nr_before += other->parse < message->parse && !other->duplicate;
	}
	return nr_now <= nr_before;
}

static struct b2c_loc loc_keep(struct b2c_diag *diag, struct b2c_loc loc)
{
	if (loc.file)
		loc.file = arena_strdup(diag->arena, loc.file);
	return loc;
}

void diag_report(struct b2c_diag *diag, enum b2c_diag_id id, struct b2c_loc loc,
		 const char *fmt, ...)
{
	struct message *message = arena_alloc(diag->arena, sizeof(*message));
	va_list args;

	va_start(args, fmt);
	message->text = arena_vprintf(diag->arena, fmt, args);
	va_end(args);
	message->id = id;
	message->loc = loc_keep(diag, loc);
	message->file_rank = file_rank(diag, loc.file);
	message->sequence = diag->nr_messages;
	message->parse = diag->parse;
	message->duplicate = message_is_known(diag, message) || message_is_echo(diag, message);
	if (!message->duplicate)
		diag->counts[rows[id].severity]++;
	*arena_append(diag->arena, diag->messages, diag->nr_messages) = message;
}

static struct part *part_append(struct b2c_diag *diag)
{
	struct message *last;

	if (!diag->nr_messages)
		return NULL;
	last = diag->messages[diag->nr_messages - 1];
	return arena_append(diag->arena, last->parts, last->nr_parts);
}

void diag_note(struct b2c_diag *diag, struct b2c_loc loc, const char *fmt, ...)
{
	struct part *part = part_append(diag);
	va_list args;

	if (!part)
		return;
	part->loc = loc_keep(diag, loc);
	va_start(args, fmt);
	part->text = arena_vprintf(diag->arena, fmt, args);
	va_end(args);
}

void diag_help(struct b2c_diag *diag, const char *fmt, ...)
{
	struct part *part = part_append(diag);
	va_list args;

	if (!part)
		return;
	part->is_help = true;
	va_start(args, fmt);
	part->text = arena_vprintf(diag->arena, fmt, args);
	va_end(args);
}

size_t diag_count(const struct b2c_diag *diag, enum b2c_severity least)
{
	size_t count = 0;
	int i;

	for (i = (int)least; i <= B2C_BUG; i++)
		count += diag->counts[i];
	return count;
}

int diag_status(const struct b2c_diag *diag)
{
	if (diag->counts[B2C_BUG])
		return 70;
	if (diag->counts[B2C_ENVIRONMENT])
		return 2;
	return diag->counts[B2C_ERROR] ? 1 : 0;
}

static int compare(size_t a, size_t b)
{
	return a < b ? -1 : a > b;
}

static int message_compare(const void *left, const void *right)
{
	const struct message *a = *(struct message *const *)left;
	const struct message *b = *(struct message *const *)right;
	int order = compare(a->file_rank, b->file_rank);

	if (!order)
		order = compare(a->loc.line, b->loc.line);
	if (!order)
		order = compare(a->loc.column, b->loc.column);
	return order ? order : compare(a->sequence, b->sequence);
}

/* Bytes of the user's files never reach the terminal as control sequences. */
static void print_bytes(const char *s, size_t n, FILE *out)
{
	size_t i;

	for (i = 0; i < n; i++) {
		bool blank = s[i] == '\t' || s[i] == '\n';

		fputc(!blank && iscntrl((unsigned char)s[i]) ? '?' : s[i], out);
	}
}

static void print_text(const char *s, FILE *out)
{
	print_bytes(s, strlen(s), out);
}

static void print_place(struct b2c_loc loc, FILE *out)
{
	if (!loc.file)
		fputs("bcc2core: ", out);
	else if (!loc.line)
		fprintf(out, "%s: ", loc.file);
	else if (!loc.column)
		fprintf(out, "%s:%u: ", loc.file, loc.line);
	else
		fprintf(out, "%s:%u:%u: ", loc.file, loc.line, loc.column);
}

/* Start of the line with that number, its length in *ret_size; NULL past the end. */
static const char *line_find(const char *text, unsigned int line, size_t *ret_size)
{
	size_t size;

	while (text && --line) {
		text = strchr(text, '\n');
		text = text ? text + 1 : NULL;
	}
	if (!text)
		return NULL;
	size = strcspn(text, "\n");
	if (size && text[size - 1] == '\r')
		size--;
	*ret_size = size;
	return text;
}

/* Bytes after the first of a UTF-8 sequence take no column on a terminal. */
static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* A caret under `column`, then tildes; tabs are kept so that both lines align. */
static void print_caret(const char *line, size_t size, struct b2c_loc loc, FILE *out)
{
	size_t begin = loc.column - 1, end = begin + (loc.length ? loc.length : 1), i;

	if (begin > size)
		begin = size;
	if (end > size)
		end = size;
	fputs("      | ", out);
	for (i = 0; i < begin; i++)
		if (!is_continuation(line[i]))
			fputc(line[i] == '\t' ? '\t' : ' ', out);
	fputc('^', out);
	for (i = begin + 1; i < end; i++)
		if (!is_continuation(line[i]))
			fputc(line[i] == '\t' ? '\t' : '~', out);
	fputc('\n', out);
}

static void print_excerpt(const struct b2c_diag *diag, struct b2c_loc loc, FILE *out)
{
	const struct source *source = loc.file ? source_find(diag, loc.file) : NULL;
	const char *line;
	size_t size;

	if (!source || !loc.line || !loc.column)
		return;
	line = line_find(source->text, loc.line, &size);
	if (!line)
		return;
	fprintf(out, "%5u | ", loc.line);
	print_bytes(line, size, out);
	fputc('\n', out);
	print_caret(line, size, loc, out);
}

static void print_message(const struct b2c_diag *diag, const struct message *message, FILE *out)
{
	size_t i;

	print_place(message->loc, out);
	fprintf(out, "%s: ", labels[rows[message->id].severity]);
	print_text(message->text, out);
	fprintf(out, " [%s]\n", rows[message->id].text);
	print_excerpt(diag, message->loc, out);
	for (i = 0; i < message->nr_parts; i++) {
		const struct part *part = &message->parts[i];

		if (part->loc.file)
			print_place(part->loc, out);
		else
			fputs("      ", out);
		fputs(part->is_help ? "help: " : "note: ", out);
		print_text(part->text, out);
		fputc('\n', out);
	}
}

void diag_flush(struct b2c_diag *diag, FILE *out)
{
	size_t i;

	if (diag->nr_messages)
		qsort(diag->messages, diag->nr_messages, sizeof(struct message *),
		      message_compare);
	for (i = 0; i < diag->nr_messages; i++) {
		const struct message *message = diag->messages[i];

		if (message->duplicate)
			continue;
		if (rows[message->id].severity == B2C_REMARK && !diag->verbose)
			continue;
		print_message(diag, message, out);
	}
	diag->messages = NULL;
	diag->nr_messages = 0;
}

/* Case and '-' against '_' are no differences: the nearest word is meant. */
static char letter_fold(char c)
{
	return c == '-' ? '_' : (char)tolower((unsigned char)c);
}

static unsigned int min_of(unsigned int a, unsigned int b)
{
	return a < b ? a : b;
}

/*
 * Damerau-Levenshtein distance, each pair of letters swapped at most once.
 * Both words have at most NEAREST_MAX bytes.
 */
static unsigned int word_distance(const char *a, const char *b)
{
	unsigned int cells[3][NEAREST_MAX + 1];
	unsigned int *before = cells[0], *last = cells[1], *row = cells[2], *spare;
	size_t nr_a = strlen(a), nr_b = strlen(b), i, j;

	for (j = 0; j <= nr_b; j++)
		last[j] = (unsigned int)j;
	for (i = 1; i <= nr_a; i++) {
		char c = letter_fold(a[i - 1]);

		row[0] = (unsigned int)i;
		for (j = 1; j <= nr_b; j++) {
			char d = letter_fold(b[j - 1]);

			row[j] = min_of(last[j - 1] + (c != d), min_of(last[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && c == letter_fold(b[j - 2]) &&
			    d == letter_fold(a[i - 2]))
				row[j] = min_of(row[j], before[j - 2] + 1);
		}
		spare = before;
		before = last;
		last = row;
		row = spare;
	}
	return last[nr_b];
}

const char *diag_nearest(const char *word, const char *const *candidates, size_t nr)
{
	const char *nearest = NULL;
	unsigned int least = UINT32_MAX;
	size_t length = strlen(word), i;

	if (length > NEAREST_MAX)
		return NULL;
	for (i = 0; i < nr; i++) {
		size_t other = strlen(candidates[i]);
		unsigned int distance;

		if (other > NEAREST_MAX)
			continue;
		distance = word_distance(word, candidates[i]);
		/* One mistake in three letters still looks like the word. */
		if (distance < least && distance <= (length > other ? length : other) / 3) {
			least = distance;
			nearest = candidates[i];
		}
	}
	return nearest;
}
