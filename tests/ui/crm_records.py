# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of the window do with records beside it: put them in by the command line, and look at what was stored."""
import sqlite3

import crm_ui


class RecordsTest(crm_ui.WindowTest):

    def add(self, entity, /, **fields):
        """Returns the id, as text."""
        return self.command('set', entity, *[f'{name}={value}' for name, value in fields.items()]).strip()

    def query(self, sql):
        with sqlite3.connect(f'file:{self.database}?mode=ro', uri=True) as base:
            return base.execute(sql).fetchall()

    def await_query(self, sql, rows):
        crm_ui.until(lambda: self.query(sql) == rows, f'{rows} of {sql}')
