#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients and people that are there twice: found, merged with a choice per field, told apart; and all of it taken back."""
import re

import crm_records
import crm_ui
from crm_ui import until

KEPT = 'Kuzey Nakliyat A.Ş.'
OTHER = 'Kuzey Nakliyat Ltd. Şti.'


class DuplicatesTest(crm_records.RecordsTest):

    def add_twins(self):
        """Two like clients, a person at each; the first is the older one."""
        self.add('client', name=KEPT, phone='0212 555 01 42', city='Bursa', notes='Kapıda öder', sector='Nakliye')
        self.add('client', name=OTHER, phone='+90 212 5550142', city='Mersin', email='bilgi@kuzey.example', notes='Fuarda tanışıldı', sector='Lojistik')
        self.add('person', name='Ali Demir', firm=KEPT)
        self.add('person', name='Selin Akın', firm=OTHER, role='Müdür')

    def pick(self, typed):
        """From the palette, once the window has the keyboard."""
        until(self.program.focused, 'the keyboard')
        self.program.key('ctrl+k')
        self.program.get('Go to Anything', role='entry')
        self.program.type(typed)
        self.program.get('Find Duplicates')
        self.program.key('Return')

    def find_duplicates(self):
        self.pick('find dup')
        self.program.get('Search Again')

    def pair(self, *names):
        return self.program.get(re.compile('.*'.join(map(re.escape, names)) + '.*%'), role='list item')

    def choose(self, label):
        """One of the round buttons of a field."""
        self.program.click(re.compile('^' + re.escape(label)), role='radio button')

    def assert_result(self, text):
        until(lambda: self.program.find(text, role='label') is not None, f'{text!r} as the result')


class Clients(DuplicatesTest):

    def test_two_become_one_as_chosen_and_two_again(self):
        self.add_twins()
        state = 'SELECT name, city, sector, notes FROM client ORDER BY name'
        before = self.query(state)
        program = self.start()
        self.find_duplicates()
        pair = self.pair(KEPT)
        for part in (OTHER, '100 %', 'Same phone', 'same name'):
            self.assertIn(part, pair.name)
        program.click(re.compile('^Merge Kuzey'), role='push button')
        program.get('Merge Clients')
        program.get('Comes along: 1 address, 1 phone or e-mail, 1 person')
        self.assertTrue(program.get(re.compile('^Keep ' + re.escape(KEPT)), role='radio button').has('checked'))
        program.get('Kapıda öder\n\nFuarda tanışıldı')
        self.choose('Sector: Lojistik')
        until(lambda: len(program.all('Lojistik', role='label')) == 2, 'the choice in the result')
        self.choose('Notes: Kapıda öder')
        program.wait_gone('Kapıda öder\n\nFuarda tanışıldı')
        program.click('Merge', role='push button')
        program.get('Merged: ' + KEPT)
        self.await_query(state, [(KEPT, 'Bursa', 'Lojistik', 'Kapıda öder')])
        self.await_query('SELECT person.name, firm FROM person ORDER BY person.name', [('Ali Demir', KEPT), ('Selin Akın', KEPT)])
        program.get('Nobody Is Here Twice')

        program.click('Undo', role='push button')
        self.await_query(state, before)
        self.await_query('SELECT name, firm FROM person ORDER BY name', [('Ali Demir', KEPT), ('Selin Akın', OTHER)])
        self.pair(KEPT)

    def test_who_is_kept_is_chosen(self):
        self.add_twins()
        program = self.start()
        self.find_duplicates()
        self.pair(KEPT)
        program.click(re.compile('^Merge Kuzey'), role='push button')
        self.choose('Keep ' + OTHER)
        until(lambda: program.get(re.compile('^Name: ' + re.escape(OTHER)), role='radio button').has('checked'), 'the name of the one that is kept')
        program.key('ctrl+Return')
        program.get('Merged: ' + OTHER)
        self.await_query('SELECT name, city, sector, notes FROM client', [(OTHER, 'Mersin', 'Lojistik', 'Fuarda tanışıldı\n\nKapıda öder')])

    def test_not_the_same_is_remembered(self):
        self.add_twins()
        program = self.start()
        self.find_duplicates()
        self.pair(KEPT)
        program.click(re.compile('are not the same'), role='push button')
        program.get('Nobody Is Here Twice')
        program.click('Undo', role='push button')
        self.pair(KEPT)
        self.await_query('SELECT count (*) FROM distinct_client', [(0,)])
        program.click(re.compile('are not the same'), role='push button')
        program.get('Nobody Is Here Twice')
        program.click('Search Again', role='push button')
        program.get('Nobody Is Here Twice')
        program.key('Escape')
        program.quit()
        program = self.start()
        self.find_duplicates()
        program.get('Nobody Is Here Twice')

    def test_a_record_of_the_pair_is_opened(self):
        self.add_twins()
        program = self.start()
        self.find_duplicates()
        self.pair(KEPT)
        program.click(re.compile('^Open ' + re.escape(OTHER)), role='push button')
        until(lambda: program.find('Name', role='text') is not None and program.find('Name', role='text').text == OTHER, 'the card')

    def test_what_others_do_shows(self):
        self.add_twins()
        self.add('client', name='Lale Optik', phone='0312 555 20 20')
        third = self.add('client', name='Lale Optik', phone='0312 555 20 20')
        program = self.start()
        self.find_duplicates()
        program.get('2 pairs that may be the same')
        self.command('delete', third)
        program.get('1 pair that may be the same')
        self.command('undo')
        program.get('2 pairs that may be the same')

    def test_two_of_the_list_are_merged(self):
        self.add_twins()
        self.add('client', name='Lale Optik')
        self.add('task', name='Teklifi sor', client=KEPT, next='yes')
        self.add('task', name='Numune', client=OTHER, next='yes')
        program = self.start()
        program.click(re.compile('^' + re.escape(KEPT)), role='list item')
        program.key('shift+Down')
        program.get('2 selected')
        program.click('Merge…', role='push button')
        program.get('Merge Clients')
        program.get('The next step stays “Teklifi sor”; “Numune” becomes a task like others.')
        program.click('Merge', role='push button')
        program.get('Merged: ' + KEPT)
        program.wait_row_gone(OTHER)
        until(lambda: program.get('Name', role='text').text == KEPT, 'the card of the one')
        program.key('shift+Down')
        program.get('2 selected')
        program.key('ctrl+a')
        program.key('ctrl+z')
        program.row(OTHER)


class People(DuplicatesTest):

    def test_two_people_become_one(self):
        self.add('client', name='Ak Un')
        self.add('person', name='Selin Akın', mobile='0532 555 00 11')
        self.add('person', name='SELİN AKIN', mobile='+90 532 5550011', firm='Ak Un', role='Müdür', birthday='1980-04-12')
        program = self.start()
        self.find_duplicates()
        program.get('Nobody Is Here Twice')
        program.click('People', role='push button')
        self.pair('Selin Akın')
        program.click(re.compile('^Merge '), role='push button')
        program.get('Merge People')
        program.get('Comes along: 1 position')
        program.key('ctrl+Return')
        program.get('Merged: Selin Akın')
        self.await_query('SELECT name, firm, role, birthday, mobile FROM (SELECT *, (SELECT value FROM person_point WHERE person = person.id) AS mobile'
                         ' FROM person)', [('Selin Akın', 'Ak Un', 'Müdür', '1980-04-12', '0532 555 00 11')])
        program.key('ctrl+z')
        self.await_query('SELECT count (*) FROM person', [(2,)])


if __name__ == '__main__':
    crm_ui.main()
