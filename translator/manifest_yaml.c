// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The YAML document of a manifest, by libyaml's document API, and the places
 * of its nodes. libyaml counts code points and breaks lines at characters that
 * an editor does not; places here are lines of '\n' and bytes.
 */
#include "manifest_parts.h"

#include <string.h>

/* Where a line begins, in code points as libyaml counts and in bytes. */
struct reader_line {
	size_t point;
	size_t byte;
};

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static void lines_index(struct reader *reader)
{
	size_t point = 0, byte;
	struct reader_line *line;

	line = arena_append(reader->arena, reader->lines, reader->nr_lines);
	*line = (struct reader_line){ 0, 0 };
	for (byte = 0; reader->text[byte]; byte++) {
		if (!is_continuation(reader->text[byte]))
			point++;
		if (reader->text[byte] != '\n')
			continue;
		line = arena_append(reader->arena, reader->lines, reader->nr_lines);
		*line = (struct reader_line){ point, byte + 1 };
	}
}

/* Number, from 0, of the line that holds a code point. */
static size_t line_of(const struct reader *reader, size_t point)
{
	size_t low = 0, high = reader->nr_lines;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (reader->lines[middle].point <= point)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static size_t byte_of(const struct reader *reader, size_t point)
{
	const struct reader_line *line = &reader->lines[line_of(reader, point)];
	size_t byte = line->byte, left = point - line->point;

	while (left && reader->text[byte]) {
		byte++;
		if (!is_continuation(reader->text[byte]))
			left--;
	}
	return byte;
}

static struct b2c_loc loc_of_point(const struct reader *reader, size_t point)
{
	size_t line = line_of(reader, point);
	size_t column = byte_of(reader, point) - reader->lines[line].byte;

	return (struct b2c_loc){
		.file = reader->file,
		.line = (unsigned int)line + 1,
		.column = (unsigned int)column + 1,
	};
}

/* The text of a block scalar stands below its '|' or '>': its first line. */
static struct b2c_loc loc_of_block(const struct reader *reader, struct b2c_loc mark)
{
	struct b2c_loc loc = { .file = reader->file, .line = mark.line + 1 };
	const char *line;
	size_t indent;

	if (mark.line >= reader->nr_lines)
		return mark;
	line = reader->text + reader->lines[mark.line].byte;
	indent = strspn(line, " ");
	loc.column = (unsigned int)indent + 1;
	loc.length = (unsigned int)strcspn(line + indent, "\r\n");
	return loc;
}

struct b2c_loc reader_loc(const struct reader *reader, const yaml_node_t *node)
{
	struct b2c_loc loc = loc_of_point(reader, node->start_mark.index);
	size_t begin, end, line_end;

	if (node->type != YAML_SCALAR_NODE)
		return loc;
	if (node->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
	    node->data.scalar.style == YAML_FOLDED_SCALAR_STYLE)
		return loc_of_block(reader, loc);
	begin = byte_of(reader, node->start_mark.index);
	end = byte_of(reader, node->end_mark.index);
	line_end = begin + strcspn(reader->text + begin, "\r\n");
	loc.length = (unsigned int)((end < line_end ? end : line_end) - begin);
	return loc;
}

struct b2c_loc reader_find(const struct reader *reader, struct b2c_loc loc, const char *word)
{
	const char *line, *found, *end;

	if (!loc.line || loc.line > reader->nr_lines)
		return loc;
	line = reader->text + reader->lines[loc.line - 1].byte;
	found = strstr(line + loc.column - 1, word);
	if (!found)
		return loc;
	while ((end = strchr(line, '\n')) && end < found) {
		line = end + 1;
		loc.line++;
	}
	loc.column = (unsigned int)(found - line) + 1;
	loc.length = (unsigned int)strlen(word);
	return loc;
}

static void report_syntax(struct reader *reader, const yaml_parser_t *parser)
{
	const char *problem = parser->problem ? parser->problem : "not YAML";
	struct b2c_loc loc = loc_of_point(reader, parser->problem_mark.index);

	/* The reader of bytes knows an offset only. */
	if (parser->error == YAML_READER_ERROR) {
		size_t point = 0, byte;

		for (byte = 0; byte < parser->problem_offset && reader->text[byte]; byte++)
			point += !is_continuation(reader->text[byte]);
		loc = loc_of_point(reader, point);
	}
	diag_report(reader->diag, B2C_DIAG_manifest_yaml, loc, "%s%s%s", problem,
		    parser->context ? " " : "", parser->context ? parser->context : "");
	if (parser->context && parser->context_mark.index < parser->problem_mark.index)
		diag_note(reader->diag, loc_of_point(reader, parser->context_mark.index),
			  "it begins here");
	if (strstr(problem, "cannot start any token") || strstr(problem, "tab character"))
		diag_help(reader->diag, "YAML indents by spaces, never by tabs; put values with "
			  "special characters into quotes");
	else if (strstr(problem, "mapping values are not allowed"))
		diag_help(reader->diag, "indent the keys of one mapping alike, and put a value "
			  "that holds ': ' into quotes");
}

static void report_empty(struct reader *reader)
{
	struct b2c_loc loc = { .file = reader->file, .line = 1, .column = 1 };

	diag_report(reader->diag, B2C_DIAG_manifest_yaml, loc, "the manifest is empty");
	diag_help(reader->diag, "leave the file out to get the defaults, "
		  "or begin with 'tool: NAME'");
}

/* Anything after the first document is a mistake; `parser` stands there. */
static bool rest_is_empty(struct reader *reader, yaml_parser_t *parser)
{
	yaml_document_t document;
	yaml_node_t *root;

	if (!yaml_parser_load(parser, &document)) {
		report_syntax(reader, parser);
		return false;
	}
	root = yaml_document_get_root_node(&document);
	if (root) {
		diag_report(reader->diag, B2C_DIAG_manifest_yaml, reader_loc(reader, root),
			    "a manifest is one document");
		diag_help(reader->diag, "leave out what follows '---'");
	}
	yaml_document_delete(&document);
	return !root;
}

yaml_node_t *reader_open(struct reader *reader)
{
	yaml_parser_t parser;
	yaml_node_t *root = NULL;

	lines_index(reader);
	if (!yaml_parser_initialize(&parser)) {
		diag_report(reader->diag, B2C_DIAG_bug, (struct b2c_loc){ .file = reader->file },
			    "libyaml can't be initialised");
		return NULL;
	}
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)reader->text,
				     strlen(reader->text));
	if (!yaml_parser_load(&parser, &reader->document)) {
		report_syntax(reader, &parser);
	} else {
		root = yaml_document_get_root_node(&reader->document);
		if (!root)
			report_empty(reader);
		else if (!rest_is_empty(reader, &parser))
			root = NULL;
		if (!root)
			reader_close(reader);
	}
	yaml_parser_delete(&parser);
	return root;
}

void reader_close(struct reader *reader)
{
	yaml_document_delete(&reader->document);
}
