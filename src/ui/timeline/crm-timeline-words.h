/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-timeline-item.h"

G_BEGIN_DECLS

/* What a row of the timeline says. Everything is one line of plain text, fit for a label. */

const char *crm_timeline_words_get_icon    (const CrmTimelineEntry *entry);
/** The icon of a channel, by its stored name. */
const char *crm_timeline_words_get_channel_icon (const char *channel);
/** (transfer full): the first line: what it was about. */
char       *crm_timeline_words_dup_title   (const CrmTimelineEntry *entry);
/** (transfer full): what it was, how it came out, who took part, how long it took: "Call · Reached · Sevgi Kaya · 12 min". */
char       *crm_timeline_words_dup_meta    (const CrmTimelineEntry *entry);
/** (transfer none): the part of the text that is not in the title, with its line breaks; "" if that is all. */
const char *crm_timeline_words_get_rest    (const CrmTimelineEntry *entry);
/** (transfer full): the beginning of it. */
char       *crm_timeline_words_dup_preview (const CrmTimelineEntry *entry);
/** (transfer full): "Next step: Send the offer"; NULL: nothing came of it. */
char       *crm_timeline_words_dup_next    (const CrmTimelineEntry *entry);

G_END_DECLS
