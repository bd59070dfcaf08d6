// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* The order of records; see user_records.h. */
#include "user_records.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Where a record is among the bytes. */
struct place {
	uint64_t when;
	size_t at;
};

int b2c_user_records_add(struct b2c_user_records *records, const struct perf_event_header *record,
			 uint64_t when)
{
	struct place place = { .when = when, .at = records->bytes.size };

	b2c_text_add(&records->bytes, (const char *)record, record->size);
	if (!records->bytes.failed)
		b2c_text_add(&records->places, (const char *)&place, sizeof(place));
	return records->bytes.failed || records->places.failed ? -ENOMEM : 0;
}

/* Those of one time stay as they came. */
static int compare(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->when != y->when)
		return x->when < y->when ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

size_t b2c_user_records_tell(struct b2c_user_records *records, uint64_t until,
			     void (*tell)(const struct perf_event_header *record))
{
	size_t told = 0, nr = records->places.size / sizeof(struct place);
	struct place *places = (void *)records->places.data;

	if (nr)
		qsort(places, nr, sizeof(*places), compare);
	for (; told < nr && places[told].when <= until; told++)
		tell((const void *)(records->bytes.data + places[told].at));
	if (told == nr) {
		b2c_text_clear(&records->bytes);
		b2c_text_clear(&records->places);
		return 0;
	}
	memmove(places, &places[told], (nr - told) * sizeof(*places));
	records->places.size = (nr - told) * sizeof(*places);
	return nr - told;
}

void b2c_user_records_free(struct b2c_user_records *records)
{
	b2c_text_free(&records->bytes);
	b2c_text_free(&records->places);
}
