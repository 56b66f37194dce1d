/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

/**
 * crm_functions_install: what SQL cannot do with texts by itself, for the statements of every connection:
 *
 * fold (text)             crm_fold(); NULL of NULL
 * folds_to (text, folded) is it that when folded? 0 of NULL
 * has_part (list, folded) does one of the texts parted by ", " fold to it? 0 of NULL
 */
int crm_functions_install (sqlite3 *handle);
