#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A day with the program: from an empty base through a real list to what is found again after the next start."""
import json
import os
import re
import unittest

import crm_list
import crm_ui
from crm_ui import until

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
CORPORA = os.environ.get('CRM_CORPORA', os.path.join(SOURCE, '..', 'shared', 'corpora'))
COMPANIES = os.path.join(CORPORA, 'csv', 'datasets__s-and-p-500-companies', 'constituents.csv')
ALL = 503


class Whole(crm_list.ListTest):

    def clients(self, *arguments):
        return json.loads(self.command('list', 'client', '--json', *arguments))

    def await_count(self, count, *arguments):
        until(lambda: len(self.clients(*arguments)) == count, f'{count} clients in the base {arguments}')

    def import_companies(self):
        program = self.program
        program.get('No Clients Yet')
        self.command(COMPANIES)
        program.click('Import 503 Clients', role='push button')
        program.wait_gone('Import Clients', role='frame')
        program.get(re.compile('^503 clients'))
        self.assertEqual(len(self.clients()), ALL)

    def sector(self):
        return self.program.get('Sector', role='text')

    def edit_and_take_back(self):
        program = self.program
        program.key('ctrl+f')
        program.type('abbott')
        program.get('1 client')
        program.key('Return')
        until(lambda: self.sector().text == 'Health Care', 'the card')
        program.point(self.sector())
        program.key('ctrl+a')
        program.type('Laboratories')
        program.key('Tab')
        self.await_count(1, '--where', 'sector=Laboratories')
        program.key('ctrl+z')
        self.await_count(0, '--where', 'sector=Laboratories')
        until(lambda: self.sector().text == 'Health Care', 'the sector as it was')
        program.key('ctrl+f', 'Escape')
        program.get(f'{ALL} clients')

    def tag_three(self):
        program = self.program
        self.select_first(3)
        self.click_selected('Tag')
        program.get('Tag 3 Clients')
        program.type('index')
        program.key('Return')
        program.get('3 clients tagged “index”')
        self.await_count(3, '--where', 'tags=index')

    def delete_and_take_back(self):
        program = self.program
        program.key('ctrl+f', 'Escape')
        self.select_first(4)
        program.key('Delete')
        program.get('4 clients moved to the trash')
        program.get(f'{ALL - 4} clients')
        program.key('ctrl+z')
        program.get(f'{ALL} clients')
        self.await_count(3, '--where', 'tags=index')

    def filter_tagged(self):
        self.choose_filter('Tags', 'index')
        self.program.get('3 clients · 1 filter')

    def keep_a_view(self):
        program = self.program
        self.open('Saved views: Views', 'list item')
        self.choose('Save This View…', 'Tab')
        program.get('Save View')
        program.key('ctrl+a')
        program.type('In the index')
        program.key('Return')
        program.get('Saved views: In the index')

    def names(self):
        wanted = [client['name'] for client in self.clients('--where', 'tags=index')]
        table = self.program.get('Clients', role='tree table')
        return [node.text or node.name for node in self.program.all(role='label', within=table)
                if (node.text or node.name) in wanted]

    def show_as_table(self):
        program = self.program
        program.click('Show as Table')
        program.get('Clients', role='tree table')
        # The card leaves the window to the table, and what moves cannot be met by the pointer
        program.wait_gone('Overview', role='page tab')
        ascending = self.names()
        self.assertEqual(len(ascending), 3)
        program.point(program.get('Name', role='label', within=program.get('Clients', role='tree table')))
        until(lambda: self.names() == ascending[::-1], 'the order to be reversed')
        return ascending[::-1]

    @unittest.skipUnless(os.path.exists(COMPANIES), f'no corpora at {CORPORA}; set CRM_CORPORA')
    def test_from_empty_to_found_again(self):
        program = self.start()
        self.import_companies()
        self.edit_and_take_back()
        self.tag_three()
        self.delete_and_take_back()
        self.filter_tagged()
        self.keep_a_view()
        names = self.show_as_table()
        program.resize(1234, 777)
        before = sorted(map(json.dumps, self.clients()))
        program.key('ctrl+w')
        program.await_end()

        program = self.start()
        # In another order it is not the view that was kept, but that is still there
        program.get('In the index', role='list item')
        program.get('3 clients · 1 filter')
        program.get('Clients', role='tree table')
        until(lambda: self.names() == names, 'the order that was left')
        _, _, width, height = program._geometry(program._x_window())
        self.assertEqual((width, height), (1234, 777))
        self.assertEqual(sorted(map(json.dumps, self.clients())), before)
        # What was done before can be taken back still
        program.key('ctrl+z')
        program.wait_gone('In the index', role='list item')
        program.quit()


if __name__ == '__main__':
    crm_ui.main()
