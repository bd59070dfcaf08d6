// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Rows of several records: a table of what waits for its last record, by key. What never
 * gets one would stay for ever, so all of it has a limit, and the oldest makes room.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

#define NR_CHAINS 1024

/* One row in the making. */
struct kept_row {
	uint64_t key;
	struct kept_row *next; /* of its chain */
	struct kept_row *older, *newer;
	size_t bytes;
	struct b2c_text parts[];
};

struct b2c_kept_rows {
	struct kept_row *chains[NR_CHAINS];
	struct kept_row *oldest, *newest;
	struct kept_row *ended; /* in no chain any more, being shown; NULL: it had no parts */
	size_t bytes;
	unsigned long long nr_lost; /* records of the output's buffer, when last looked at */
};

static struct kept_row **chain_of(struct b2c_kept_rows *kept, uint64_t key)
{
	return &kept->chains[(key * 0x9e3779b97f4a7c15) >> 54];
}

static void row_free(struct kept_row *row, size_t nr_parts)
{
	size_t i;

	for (i = 0; row && i < nr_parts; i++)
		b2c_text_free(&row->parts[i]);
	free(row);
}

static struct kept_row *find(struct b2c_kept_rows *kept, uint64_t key)
{
	struct kept_row *row;

	for (row = *chain_of(kept, key); row && row->key != key; row = row->next)
		;
	return row;
}

static void unlink_row(struct b2c_kept_rows *kept, struct kept_row *row)
{
	struct kept_row **place;

	for (place = chain_of(kept, row->key); *place != row; place = &(*place)->next)
		;
	*place = row->next;
	*(row->older ? &row->older->newer : &kept->oldest) = row->newer;
	*(row->newer ? &row->newer->older : &kept->newest) = row->older;
	kept->bytes -= row->bytes;
}

/* Of a row whose last record will not be taken for its own: it is counted. */
static void drop(struct b2c_run *run, struct b2c_parts *parts, struct kept_row *row)
{
	unlink_row(parts->kept, row);
	row_free(row, parts->nr);
	run->nr_dropped++;
}

static struct kept_row *add(struct b2c_parts *parts, uint64_t key)
{
	struct b2c_kept_rows *kept = parts->kept;
	size_t bytes = sizeof(struct kept_row) + parts->nr * sizeof(struct b2c_text);
	struct kept_row *row = calloc(1, bytes), **chain = chain_of(kept, key);

	if (!row)
		return NULL;
	row->key = key;
	row->next = *chain;
	*chain = row;
	row->older = kept->newest;
	*(row->older ? &row->older->newer : &kept->oldest) = row;
	kept->newest = row;
	row->bytes = bytes;
	kept->bytes += bytes;
	return row;
}

static bool begins_rows(const struct b2c_parts *parts)
{
	size_t i;

	for (i = 0; i < parts->nr; i++)
		if (parts->items[i].first)
			return true;
	return false;
}

/*
 * After a loss nobody knows which rows lack their end, whose parts would get into the next
 * row of the same key. Rows that have a first record begin anew by themselves.
 */
static void drop_after_loss(struct b2c_row *row, struct b2c_parts *parts)
{
	const unsigned long long *lost = row->output->lost;
	unsigned long long nr = 0;
	size_t i;

	for (i = 0; lost && i < B2C_NR_LOST; i++)
		nr += lost[i];
	if (nr == parts->kept->nr_lost)
		return;
	parts->kept->nr_lost = nr;
	while (parts->kept->oldest && !begins_rows(parts))
		drop(row->run, parts, parts->kept->oldest);
}

/* The row that a record belongs to, begun if it must be; NULL without memory. */
static struct kept_row *row_for(struct b2c_row *row, uint64_t key, size_t part)
{
	struct b2c_parts *parts = row->output->parts;
	struct kept_row *found;

	if (!parts->kept)
		parts->kept = calloc(1, sizeof(*parts->kept));
	if (!parts->kept)
		return NULL;
	drop_after_loss(row, parts);
	found = find(parts->kept, key);
	if (found && parts->items[part].first) {
		drop(row->run, parts, found);
		found = NULL;
	}
	return found ? found : add(parts, key);
}

/* After bytes came to a row: the oldest make room, at last it too. */
static int grown(struct b2c_row *of, struct kept_row *row, const struct b2c_text *text,
		 size_t before)
{
	struct b2c_parts *parts = of->output->parts;
	struct b2c_kept_rows *kept = parts->kept;

	row->bytes += text->room - before;
	kept->bytes += text->room - before;
	if (text->failed)
		return -ENOMEM;
	while (kept->bytes > B2C_PARTS_ROOM)
		drop(of->run, parts, kept->oldest);
	return 0;
}

/* Names come from the file up to the root. Above one that begins with "/" there is nothing. */
static void add_above(struct b2c_text *path, const char *name, size_t size)
{
	struct b2c_text whole = { 0 };

	if (path->size && b2c_text_string(path)[0] == '/')
		return;
	b2c_text_add(&whole, name, size);
	if (path->data && size && name[size - 1] != '/')
		b2c_text_puts(&whole, "/");
	b2c_text_add(&whole, b2c_text_string(path), path->size);
	whole.failed |= path->failed;
	b2c_text_free(path);
	*path = whole;
}

int b2c_keep_text(struct b2c_row *row, uint64_t key, size_t part, const char *text, size_t size)
{
	struct kept_row *kept = row_for(row, key, part);
	const struct b2c_part *how = &row->output->parts->items[part];
	size_t before;

	if (!kept)
		return -ENOMEM;
	size = size ? strnlen(text, size) : strlen(text);
	before = kept->parts[part].room;
	if (how->path) {
		add_above(&kept->parts[part], text, size);
	} else {
		if (kept->parts[part].data)
			b2c_text_puts(&kept->parts[part], how->separator);
		b2c_text_add(&kept->parts[part], text, size);
	}
	return grown(row, kept, &kept->parts[part], before);
}

int b2c_keep_record(struct b2c_row *row, uint64_t key, size_t part, const void *record,
		    size_t size)
{
	struct kept_row *kept = row_for(row, key, part);
	size_t before;

	if (!kept)
		return -ENOMEM;
	before = kept->parts[part].room;
	b2c_text_clear(&kept->parts[part]);
	b2c_text_add(&kept->parts[part], record, size);
	return grown(row, kept, &kept->parts[part], before);
}

void b2c_end_parts(struct b2c_row *row, uint64_t key)
{
	struct b2c_parts *parts = row->output->parts;
	struct b2c_kept_rows *kept = parts->kept;

	if (!kept)
		return;
	drop_after_loss(row, parts);
	row_free(kept->ended, parts->nr);
	kept->ended = find(kept, key);
	if (kept->ended)
		unlink_row(kept, kept->ended);
}

/* NULL: none came; an empty text has memory too. */
static const struct b2c_text *part_of(const struct b2c_row *row, size_t part)
{
	const struct b2c_kept_rows *kept = row->output->parts->kept;
	const struct kept_row *ended = kept ? kept->ended : NULL;

	return ended && ended->parts[part].data ? &ended->parts[part] : NULL;
}

bool b2c_has_part(const struct b2c_row *row, size_t part)
{
	return part_of(row, part);
}

const char *b2c_text_part(const struct b2c_row *row, size_t part)
{
	const struct b2c_text *text = part_of(row, part);

	return text ? b2c_text_string(text) : "";
}

const void *b2c_record_part(const struct b2c_row *row, size_t part, const void *absent)
{
	const struct b2c_text *text = part_of(row, part);

	return text ? text->data : absent;
}

int b2c_row_lacks_part(struct b2c_row *row)
{
	row->run->nr_incomplete++;
	return 0;
}

/* When the tool ends, rows in the making are no loss. */
static void parts_free(struct b2c_parts *parts)
{
	struct b2c_kept_rows *kept = parts->kept;

	if (!kept)
		return;
	row_free(kept->ended, parts->nr);
	while (kept->oldest) {
		struct kept_row *row = kept->oldest;

		unlink_row(kept, row);
		row_free(row, parts->nr);
	}
	free(kept);
	parts->kept = NULL;
}

void b2c_gather_rows(struct b2c_run *run, struct b2c_parts *parts)
{
	struct b2c_output *output;

	if (!run->nr_outputs)
		return;
	output = run->outputs[run->nr_outputs - 1];
	output->parts = parts;
	run->gathers = true;
	output->free_parts = parts_free;
}
