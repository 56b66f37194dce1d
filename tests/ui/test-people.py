#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""People: made at a client, opened, edited, gone from a firm, found in their list; and all of it taken back."""
import json
import re

import crm_records
import crm_ui
from crm_ui import until


class PeopleTest(crm_records.RecordsTest):

    def row(self, label):
        return self.program.get(label, role='text')

    def write(self, label, text):
        self.program.point(self.row(label))
        self.program.key('ctrl+a')
        self.program.type(text)
        until(lambda: self.row(label).text == text, f'{text!r} in {label}')

    def open_client(self, name):
        self.program.click(re.compile('^' + re.escape(name)), role='list item')
        until(lambda: self.row('Name').text == name, 'the card')

    def await_suggestions(self, *details):
        """What tells those suggested apart, in their order."""
        def found():
            return [node.text or node.name for node in self.program.root.walk() if node.role == 'label' and (node.text or node.name) in details]
        return until(lambda: sorted(found()) == sorted(details) and found(), f'suggestions: {details}')

    def choose(self, wanted, *others):
        place = self.await_suggestions(wanted, *others).index(wanted)
        self.program.key(*['Down'] * (place + 1), 'Return')

    def show_people(self):
        """By the keyboard, and waits for the list."""
        self.program.key('ctrl+3')
        return self.program.get('Search people')


class People(PeopleTest):

    def test_person_is_made_at_a_client_in_one_step(self):
        self.add('client', name='Kuzey Nakliyat')
        program = self.start()
        self.open_client('Kuzey Nakliyat')
        program.click('Add a Person', role='list item')
        self.write('Person', 'Ali Demir')
        program.key('Escape')
        program.get('Add a Person', role='list item')
        program.click('Add a Person', role='list item')
        self.write('Person', 'Ali Demir')
        self.write('Role', 'Buyer')
        program.key('Return')
        program.get(re.compile('^Ali Demir'), role='list item')
        self.await_query('SELECT name, firm, role FROM person', [('Ali Demir', 'Kuzey Nakliyat', 'Buyer')])
        self.await_query('SELECT count (*) FROM draft', [(0,)])

        program.key('ctrl+z')
        program.wait_gone(re.compile('^Ali Demir'))
        self.await_query('SELECT (SELECT count (*) FROM person), (SELECT count (*) FROM position)', [(0, 0)])
        program.key('ctrl+shift+z')
        program.get(re.compile('^Ali Demir'), role='list item')

    def test_one_who_is_known_is_not_made_again(self):
        self.add('client', name='Kuzey Nakliyat')
        self.add('person', name='Ali Demir')
        program = self.start()
        self.open_client('Kuzey Nakliyat')
        program.click('Add a Person', role='list item')
        program.point(self.row('Person'))
        program.type('ali')
        until(lambda: any(node.name == 'Ali Demir' or node.text == 'Ali Demir' for node in program.root.walk()), 'the suggestion')
        program.key('Down', 'Return')
        until(lambda: self.row('Person').text == 'Ali Demir', 'the name of the person chosen')
        program.key('Return')
        self.await_query('SELECT name, firm FROM person', [('Ali Demir', 'Kuzey Nakliyat')])

    def test_draft_of_one_who_is_added_survives_kill(self):
        self.add('client', name='Kuzey Nakliyat')
        program = self.start()
        self.open_client('Kuzey Nakliyat')
        program.click('Add a Person', role='list item')
        self.write('Person', 'Ali Demir')
        self.await_query('SELECT value FROM draft', [('Ali Demir',)])
        program.kill()

        self.start()
        self.open_client('Kuzey Nakliyat')
        until(lambda: self.row('Person').text == 'Ali Demir', 'what was typed')

    def test_person_is_opened_edited_leaves_and_all_is_undone(self):
        self.add('client', name='Kuzey Nakliyat')
        id = self.add('person', name='Ali Demir', firm='Kuzey Nakliyat', role='Buyer', phone='0212 555 01 42')
        before = self.query('SELECT * FROM person') + self.query('SELECT * FROM position')
        program = self.start()
        self.open_client('Kuzey Nakliyat')
        program.get('Call 0212 555 01 42', role='push button')
        program.click(re.compile('^Ali Demir'), role='list item')
        until(lambda: self.row('Family name').text == 'Demir', 'the card of the person')
        program.get('Search people')

        self.write('Family name', 'Kaya')
        program.key('Tab')
        self.await_query(f'SELECT name FROM person WHERE id = {id}', [('Ali Kaya',)])
        program.click(re.compile('^Kuzey Nakliyat'), role='list item')
        self.write('Until', '1.9.2026')
        program.key('Tab')
        self.await_query('SELECT kind, until FROM position', [('left', '2026-09-01')])
        self.await_query(f'SELECT firm, role FROM person WHERE id = {id}', [(None, None)])
        program.click('Open Kuzey Nakliyat', role='push button')
        program.get('Search clients')
        program.get(re.compile('^Left · Buyer'))
        self.assertIsNone(program.find('Call 0212 555 01 42', role='push button'))

        program.key('ctrl+z')
        program.get('Call 0212 555 01 42', role='push button')
        program.key('ctrl+z')
        until(lambda: [row[:-1] for row in self.query('SELECT name, firm, role, given, family, 0 FROM person')]
              == [('Ali Demir', 'Kuzey Nakliyat', 'Buyer', 'Ali', 'Demir')], 'the person as it was')
        after = self.query('SELECT * FROM person') + self.query('SELECT * FROM position')
        self.assertEqual(before, after)

    def test_firm_is_added_and_removed_on_the_card(self):
        self.add('client', name='Kuzey Nakliyat')
        self.add('person', name='Ali Demir')
        program = self.start()
        self.show_people()
        program.click(re.compile('^Ali Demir'), role='list item')
        until(lambda: self.row('Name').text == 'Ali Demir', 'the card')
        program.click('Add a Firm', role='list item')
        self.write('Firm', 'Nobody Knows It')
        program.key('Escape')
        program.click('Add a Firm', role='list item')
        self.write('Firm', 'kuzey nakliyat')
        program.key('Tab')
        program.type('Driver')
        until(lambda: self.row('Role').text == 'Driver', 'the role')
        program.key('Return')
        self.await_query('SELECT firm, role FROM person', [('Kuzey Nakliyat', 'Driver')])
        program.click(re.compile('^Kuzey Nakliyat'), role='list item')
        program.click('Remove', role='push button')
        self.await_query('SELECT firm, role FROM person', [(None, None)])
        program.click('Undo', role='push button')
        self.await_query('SELECT firm, role FROM person', [('Kuzey Nakliyat', 'Driver')])

    def test_main_contact_is_starred_on_the_card_of_the_client(self):
        self.add('client', name='Kuzey Nakliyat')
        for name in ('Ali Demir', 'Selin Akın'):
            self.add('person', name=name, firm='Kuzey Nakliyat')
        contacts = 'SELECT name FROM position JOIN person ON person.id = person WHERE contact'
        program = self.start()
        self.open_client('Kuzey Nakliyat')
        program.click('Main contact there: Selin Akın')
        self.await_query(contacts, [('Selin Akın',)])
        program.get('Main contact there: Selin Akın', pressed=True)
        rows = [node.name for node in program.all(re.compile('^(Ali Demir|Selin Akın)'), 'list item')]
        self.assertTrue(rows[0].startswith('Selin Akın'), rows)
        program.click('Main contact there: Ali Demir')
        self.await_query(contacts, [('Ali Demir',)])
        program.key('ctrl+z')
        self.await_query(contacts, [('Selin Akın',)])
        program.get('Main contact there: Selin Akın', pressed=True)

    def test_like_people_are_offered(self):
        """In the dialog to be opened, at a client to be taken."""
        self.add('client', name='Kuzey Nakliyat')
        known = int(self.add('person', name='Selin Ada Akın', phone='0212 555 01 42', firm='Kuzey Nakliyat'))
        self.add('client', name='Ak Un')
        program = self.start()
        self.show_people()
        program.key('ctrl+n')
        program.get('New Person')
        program.type('selin akin')
        program.get('Is it one of these?')
        program.get(re.compile('^Similar name · Kuzey Nakliyat'))
        self.write('Name', 'Somebody Else')
        program.wait_gone('Is it one of these?')
        self.write('Phone', '+90 212 5550142')
        program.get(re.compile('^Same phone: 0212 555 01 42'))
        program.click(re.compile('^Selin Ada Akın'), role='list item', within=program.windows()[-1])
        until(lambda: len(program.windows()) == 1, 'the dialog to close')
        until(lambda: self.row('Name').text == 'Selin Ada Akın', 'the card of the one that exists')

        program.key('ctrl+2')
        self.open_client('Ak Un')
        program.click('Add a Person', role='list item')
        self.write('Person', 'akin selin')
        program.get('Is it one of these?')
        program.key('Escape')
        program.click(re.compile('^Selin Ada Akın, Similar name|^Selin Ada Akın'), role='list item')
        until(lambda: self.row('Person').text == 'Selin Ada Akın', 'the one that was taken')
        program.wait_gone('Is it one of these?')
        self.write('Role', 'Buyer')
        program.key('Return')
        self.await_query('SELECT count (*) FROM person', [(1,)])
        self.await_query("SELECT person, name, role FROM position JOIN client ON client.id = client WHERE role = 'Buyer'", [(known, 'Ak Un', 'Buyer')])

    def test_one_of_two_firms_of_one_name_is_chosen(self):
        self.add('client', name='Ak Un', city='Bursa', phone='0224 555 01 42')
        izmir = int(self.add('client', name='Ak Un', city='İzmir'))
        person = self.add('person', name='Ali Demir')
        program = self.start()
        self.show_people()
        self.open_client('Ali Demir')
        program.click('Add a Firm', role='list item')
        self.write('Firm', 'Ak Un')
        self.await_suggestions('Bursa · 0224 555 01 42', 'İzmir')
        program.key('Escape', 'Return')
        # In the order of their ids, which are random
        program.get(re.compile('^Firm: several are called “Ak Un”: (İzmir .*; )?Bursa · 0224 555 01 42'))
        self.write('Firm', 'ak un')
        self.choose('İzmir', 'Bursa · 0224 555 01 42')
        program.key('Return')
        self.await_query('SELECT person, client FROM position', [(int(person), izmir)])

    def test_firm_of_a_new_person_is_chosen(self):
        self.add('client', name='Ak Un', city='Bursa')
        izmir = int(self.add('client', name='Ak Un', city='İzmir'))
        program = self.start()
        self.show_people()
        program.key('ctrl+n')
        program.get('New Person')
        program.type('Ali Demir')
        self.write('Firm', 'Ak Un')
        self.choose('İzmir', 'Bursa')
        program.key('ctrl+Return')
        self.await_query('SELECT client FROM position', [(izmir,)])

    def test_list_is_searched_and_filtered(self):
        self.add('client', name='Kuzey Nakliyat')
        self.add('person', name='Ali Demir', firm='Kuzey Nakliyat', role='Buyer')
        self.add('person', name='Ayse Kaya', language='de')
        program = self.start()
        search = self.show_people()
        program.get('2 people')
        program.get('Ali Demir, Kuzey Nakliyat · Buyer', role='list item')
        program.get(re.compile('^Ayse Kaya'), role='list item')
        program.point(search)
        program.type('kuzey')
        program.get('1 person')
        program.wait_row_gone('Ayse Kaya')
        program.key('ctrl+a', 'BackSpace')
        program.get('2 people')
        program.type('nobody of this name')
        program.get('Nobody matches “nobody of this name”')
        program.get('New Person “nobody of this name”')

    def test_new_person_by_the_keyboard_and_in_the_palette(self):
        self.add('client', name='Kuzey Nakliyat')
        program = self.start()
        self.show_people()
        program.get('No people yet')
        program.key('ctrl+n')
        until(lambda: any(window.name == 'New Person' for window in program.windows()), 'the dialog')
        self.write('Name', 'Ali Demir')
        self.write('Firm', 'Kuzey Nakliyat')
        program.key('Tab', 'ctrl+Return')
        self.await_query('SELECT name, firm FROM person', [('Ali Demir', 'Kuzey Nakliyat')])
        until(lambda: self.row('Family name').text == 'Demir', 'the card of the person')

        program.key('ctrl+2')
        program.get('Search clients')
        program.key('ctrl+k')
        program.get('Found', role='list')
        program.type('demir')
        program.get('Ali Demir, Kuzey Nakliyat', role='list item', selected=True)
        program.key('Return')
        program.get('Search people')

    def test_trash_is_of_clients_or_of_people(self):
        self.add('client', name='Kuzey Nakliyat')
        self.add('person', name='Ali Demir')
        program = self.start()
        self.show_people()
        program.click(re.compile('^Ali Demir'), role='list item')
        program.click('Move to trash', role='push button')
        program.get('No people yet')
        program.key('ctrl+4')
        program.get(re.compile('^Ali Demir'), role='list item')
        program.click('Clients', within=program.get('Trash of'))
        program.get('The trash is empty')
        program.click('People', within=program.get('Trash of'))
        program.click(re.compile('^Ali Demir'), role='list item')
        program.get('This person is in the trash.')
        program.click('Restore', role='push button')
        program.get('The trash is empty')
        self.await_query('SELECT deleted FROM person', [(None,)])

    def test_view_of_people_is_in_the_sidebar(self):
        self.add('client', name='Kuzey Nakliyat')
        self.add('person', name='Ali Demir', language='de')
        self.add('person', name='Ayse Kaya')
        query = json.dumps({'filters': [{'field': 'language', 'op': 'is', 'values': ['de']}]})
        self.add('saved_view', name='Germans', entity='person', place='1', query=query)
        program = self.start()
        program.click('Germans', role='list item')
        program.get(re.compile('^Ali Demir'), role='list item')
        program.get('1 person · 1 filter')


if __name__ == '__main__':
    crm_ui.main()
