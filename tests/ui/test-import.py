#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The import of a file: what was detected, where each column goes, what would happen, and the import as one step."""
import json
import os
import re
import sqlite3
import unittest

import crm_ui
from crm_ui import until

SMALL = '''\
Name;City;Tax number;E-mail
Kuzey Nakliyat A.Ş.;İzmir;;bilgi@kuzey.example
Doğu <b>Tekstil</b>;Bursa;;info@dogu.example
;Ankara;;
Batı Gıda;Aydın;12;
'''


def find_corpora():
    beside = os.path.join(os.environ['G_TEST_SRCDIR'], '..', '..', 'shared', 'corpora')
    return os.environ.get('CRM_CORPORA', beside)


class Import(crm_ui.WindowTest):

    def write(self, name, content):
        path = os.path.join(self.home, name)
        with open(path, 'w' if isinstance(content, str) else 'wb') as file:
            file.write(content)
        return path

    def clients(self):
        return json.loads(self.command('list', 'client', '--json'))

    def choose(self, column, before, after):
        """The field that a column goes to; what is in a popover counts as covered by the window."""
        self.program.click(f'{column}: {before}', role='push button')

        def find():
            return next((node for node in self.program.root.walk() if node.name == after and node.role == 'list item'), None)
        item = until(find, f'{after} in the list of fields')
        until(lambda: item.has('focusable'), 'a field that can be chosen')
        self.program.type(after)
        self.program.key('Return')
        self.program.get(f'{column}: {after}', role='push button')

    def import_window(self):
        return next((window for window in self.program.windows() if window.name == 'Import Clients'), None)

    def await_closed(self):
        until(lambda: self.import_window() is None, 'the import window to close')

    def test_companies(self):
        path = os.path.join(find_corpora(), 'csv', 'datasets__s-and-p-500-companies', 'constituents.csv')
        if not os.path.exists(path):
            raise unittest.SkipTest('there is no ' + path)
        program = self.start(path)
        program.get('Unicode (UTF-8) · Comma · header in line 1 · 503 rows')
        program.get('Security: Name', role='push button')
        program.get('Headquarters Location: City', role='push button')
        self.choose('GICS Sub-Industry', 'Not imported', 'Notes')
        program.get('503 new · 0 changed · 0 unchanged · 0 rejected')
        program.click('Import 503 Clients', role='push button')
        self.await_closed()
        program.get('503 clients')
        by_name = {client['name']: client for client in self.clients()}
        self.assertEqual(len(by_name), 503)
        self.assertEqual(by_name['3M']['city'], 'Saint Paul, Minnesota')
        self.assertEqual(by_name['3M']['notes'], 'Industrial Conglomerates')

        program.key('ctrl+z')
        until(lambda: self.clients() == [], 'no client after undo')
        program.key('ctrl+shift+z')
        until(lambda: len(self.clients()) == 503, 'all clients after redo')
        program.quit()

        # Once more: the fields are remembered, and there is nothing to do
        program = self.start(path)
        program.get('The fields are those you chose for such a file before.')
        program.get('GICS Sub-Industry: Notes', role='push button')
        program.get('0 new · 0 changed · 503 unchanged · 0 rejected')
        program.get('There is nothing to import: the clients are all there already.')
        self.assertFalse(program.get('Import', role='push button', within=self.import_window()).has('sensitive'))
        program.click('Guess Anew', role='push button')
        program.get('GICS Sub-Industry: Not imported', role='push button')

    def test_what_will_happen(self):
        self.command('set', 'client', 'name=Kuzey Nakliyat A.Ş.', 'email=bilgi@kuzey.example')
        program = self.start(self.write('small.csv', SMALL))
        program.get('1 new · 1 changed · 0 unchanged · 2 rejected')
        program.click('What Will Happen', role='page tab')
        program.get('2 rows are rejected')
        program.get('The row has no name.')
        program.get(re.compile('^A tax number has 10 digits'))
        program.get('City: – → İzmir')
        # Text is never markup
        program.get('Doğu <b>Tekstil</b>')
        program.click('Import 1 New, Change 1', role='push button')
        self.await_closed()
        until(lambda: len(self.clients()) == 2, 'the new client')
        self.assertEqual({client.get('city') for client in self.clients()}, {'İzmir', 'Bursa'})

    def test_format_is_changed(self):
        program = self.start(self.write('turkish.csv', 'Ağaoğlu Gıda,Muğla\n'.encode('windows-1254') * 2))
        program.get(re.compile('Turkish.* · no header'))
        self.choose('Column 1', 'Not imported', 'Name')
        program.get('1 new · 0 changed · 1 unchanged · 0 rejected')
        program.click('turkish.csv', role='list item')
        program.click('First row names the columns', role='check box')
        program.get('Ağaoğlu Gıda: Not imported', role='push button')
        program.get('No column is the name of the clients. Choose the one that is.')

    def test_match_is_remembered(self):
        path = self.write('small.csv', SMALL)
        program = self.start(path)
        program.get('2 new · 0 changed · 0 unchanged · 2 rejected')
        program.click('Recognise known clients by', role='combo box')
        # What is in a popover counts as covered by the window
        until(lambda: any(node.name == 'Nothing: all are new' for node in program.root.walk()), 'the keys')
        program.key('Down')
        program.key('Return')
        program.get('Nothing: all are new')
        program.get('2 new · 0 changed · 0 unchanged · 2 rejected')
        program.click('Import 2 Clients', role='push button')
        self.await_closed()
        program.quit()
        program = self.start(path)
        program.get('2 new · 0 changed · 0 unchanged · 2 rejected')

    def test_cancelled_is_nothing(self):
        program = self.start(self.write('small.csv', SMALL))
        program.get('2 new · 0 changed · 0 unchanged · 2 rejected')
        with sqlite3.connect(self.database, isolation_level=None) as other:
            # The import has to wait
            other.execute('BEGIN IMMEDIATE')
            program.click('Import 2 Clients', role='push button')
            program.get('Importing “small.csv”')
            program.key('Escape')
            program.get('Import 2 Clients', role='push button')
            other.execute('ROLLBACK')
        self.assertEqual(self.clients(), [])
        program.key('Escape')
        self.await_closed()
        self.assertEqual(self.clients(), [])

    def test_not_a_list(self):
        for name, content, reason in (('picture.csv', b'\x89PNG\r\n\x1a\n' + bytes(range(256)) * 20, 'it is not a CSV file'),
                                      ('empty.csv', b'', 'The file is empty')):
            program = self.start(self.write(name, content))
            program.get(f'“{name}” Cannot Be Imported')
            program.get(re.compile(reason))
            self.assertTrue(program.get('Choose Another File…', role='push button').has('sensitive'))
            program.key('Escape')
            self.await_closed()
            program.quit()

    def test_wide_file(self):
        header = ','.join(['Firm Name'] + [f'Column {i}' for i in range(2, 9001)])
        program = self.start(self.write('wide.csv', f'{header}\nYıldız Kargo{"," * 8999}\n'))
        program.get('1 of 9,000 columns are imported')
        program.get('1 new · 0 changed · 0 unchanged · 0 rejected')
        program.point(program.get('Find a column', role='entry'))
        program.type('column 8765')
        program.get('Column 8765: Not imported', role='push button')

    def test_every_control_is_reached_and_named(self):
        program = self.start(self.write('small.csv', SMALL))
        program.get('2 new · 0 changed · 0 unchanged · 2 rejected')
        seen = set()
        for _ in range(60):
            node = until(program.focused, 'a focus')
            name = node.name or node.text
            if not name and node.role not in ('frame', 'window', 'panel', 'filler'):
                name = next((child.name or child.text for child in node.walk() if child.name or child.text), '')
            self.assertTrue(name, f'{node.role} at {node.extents}')
            seen.add(name)
            program.key('Tab')
        for name in ('Cancel', 'Choose Another File…', 'Recognise known clients by', 'Name: Name', 'Import 2 Clients'):
            self.assertIn(name, seen)


if __name__ == '__main__':
    crm_ui.main()
