#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many clients at once: selecting, changing, tagging, deleting, exporting; the trash.

What is said in passing is not waited for: it may be gone before a busy machine has looked.
"""
import csv
import os

import crm_list
import crm_ui
from crm_list import NAMES
from crm_ui import until


class Many(crm_list.ListTest):

    def test_bulk_edit_is_one_step(self):
        program = self.start_with_clients()
        self.select_first(3)
        self.click_selected('Edit')
        program.get('Edit 3 Clients')
        program.click('Change')
        until(lambda: self.count('kind=prospect') == 5, 'three more to be prospects')
        program.key('ctrl+z')
        until(lambda: self.count('kind=prospect') == 2, 'the step to be undone')

    def test_bulk_tag(self):
        program = self.start_with_clients()
        self.select_first(2)
        self.click_selected('Tag')
        program.get('Tag 2 Clients')
        program.type('bayi')
        program.key('Return')
        until(lambda: self.count('tags=bayi') == 2, 'two clients to have the tag')

    def test_bulk_delete_and_undo(self):
        program = self.start_with_clients()
        self.select_first(3)
        program.key('Delete')
        self.await_list(*NAMES[3:])
        program.key('ctrl+z')
        self.await_list(*NAMES)

    def test_undo_brings_back_all_that_a_search_found(self):
        program = self.start_with_clients()
        program.key('ctrl+f')
        program.type('istanbul')
        self.await_list('Ağaoğlu Gıda A.Ş.', 'İnci Kozmetik')
        program.key('Down', 'ctrl+a')
        program.get('2 selected')
        program.key('Delete')
        program.get('No client matches “istanbul”')
        program.wait_gone('2 selected')
        program.key('ctrl+z')
        self.await_list('Ağaoğlu Gıda A.Ş.', 'İnci Kozmetik')

    def test_select_all_and_clear(self):
        program = self.start_with_clients()
        self.select_first(1)
        program.key('ctrl+a')
        program.get('6 selected')
        self.click_selected('Clear selection')
        program.wait_gone('6 selected')

    def count(self, condition):
        return len(self.command('list', 'client', '--where', condition, '--csv').splitlines()) - 1

    # Trash

    def test_trash(self):
        program = self.start_with_clients()
        self.select_first(2)
        program.key('Delete')
        self.await_list(*NAMES[2:])
        program.click('Trash', role='list item')
        self.await_list(*NAMES[:2])
        self.select_first(1)
        self.click_selected('Restore')
        self.await_list(NAMES[1])
        self.select_first(1)
        self.click_selected('Delete for Good')
        question = program.get('Delete 1 Client for Good?').surface
        program.click('Delete', role='push button', within=question)
        program.get('The trash is empty')

    def test_export(self):
        program = self.start_with_clients()
        self.choose_menu('List menu', 'Export…')
        program.get('Export Clients')
        path = os.path.join(self.home, 'out.csv')
        program.key('ctrl+a')
        program.type(path)
        program.key('Return')
        until(lambda: os.path.exists(path), 'the file')
        with open(path, encoding='utf-8-sig') as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([row['Name'] for row in rows], NAMES)


if __name__ == '__main__':
    crm_ui.main()
