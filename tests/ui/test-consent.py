#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people said of being contacted: seen and said on their card, and filtered by."""
import pathlib
import re
import time

import crm_records
import crm_ui
from crm_ui import until


class Consent(crm_records.RecordsTest):

    def assert_nowhere(self, *words):
        for path in pathlib.Path(self.database).parent.rglob('*'):
            content = path.read_bytes() if path.is_file() else b''
            for word in words:
                self.assertNotIn(word.encode(), content, path)

    def open_person(self, name):
        self.program.key('ctrl+3')
        self.program.get('Search people')
        self.program.click(re.compile('^' + re.escape(name)), role='list item')
        until(lambda: self.program.get('Name', role='text').text == name, 'the card')

    def test_consent_is_said_on_the_card_and_taken_back(self):
        self.add('person', name='Ali Demir', email='ali@firma.example')
        program = self.start()
        self.open_person('Ali Demir')
        program.click('E-mail, Marketing: Unknown', role='push button')
        program.click('Given', role='check box')
        program.point(program.get('When', role='text'))
        program.type('1.9.2026')
        program.point(program.get('How', role='text'))
        program.type('Fa')
        program.click('Fair', role='push button')
        program.point(program.get('Text shown', role='text'))
        program.type('May we write to you?')
        program.click('Save', role='push button')
        program.get('E-mail, Marketing: Given', role='push button')
        self.await_query("SELECT channel, purpose, state, date (at / 1000000, 'unixepoch', 'localtime'), how, wording FROM consent",
                         [('email', 'marketing', 'given', '2026-09-01', 'Fair', 'May we write to you?')])
        self.await_query('SELECT may_contact FROM person', [('email',)])

        program.key('ctrl+z')
        program.get('E-mail, Marketing: Unknown', role='push button')
        self.await_query('SELECT count (*), (SELECT may_contact FROM person) FROM consent', [(0, None)])

    def test_day_to_come_is_refused(self):
        self.add('person', name='Ali Demir')
        program = self.start()
        self.open_person('Ali Demir')
        program.click('SMS, Survey: Unknown', role='push button')
        program.click('Refused', role='check box')
        program.point(program.get('When', role='text'))
        program.type('1.9.2990')
        program.click('Save', role='push button')
        program.get('That day is yet to come.')
        self.assertEqual(self.query('SELECT * FROM consent'), [])

    def test_refusal_shows_at_the_buttons_and_in_the_history(self):
        person = self.add('person', name='Ali Demir', phone='0212 555 01 42')
        self.add('consent', person=person, channel='call', state='given', how='Fair', at='2026-01-05T10:00:00Z')
        program = self.start()
        self.open_person('Ali Demir')
        program.click('Phone, Marketing: Given', role='push button')
        program.click('Withdrawn', role='check box')
        program.click('Save', role='push button')
        program.get('Phone, Marketing: Withdrawn', role='push button')
        until(lambda: any('does not want it' in node.description for node in program.root.walk()), 'the hint at the button')
        program.click('What Was Said So Far')
        program.get(re.compile('^Phone, Marketing: Given'))
        program.get(re.compile('^Phone, Marketing: Withdrawn'), role='list item')

    def test_filter_by_channel(self):
        ali = self.add('person', name='Ali Demir')
        berk = self.add('person', name='Berk Kaya')
        self.add('person', name='Cem Yalin')
        self.add('consent', person=ali, channel='call', state='given')
        self.add('consent', person=berk, channel='call', state='refused')
        program = self.start()
        program.key('ctrl+3')
        program.get('3 people')
        program.click('Add a filter', role='push button')
        program.click('May be contacted by', role='list item')
        program.click('Phone', role='list item')
        program.get('1 person · 1 filter')
        program.get(re.compile('^Ali Demir'), role='list item')
        program.key('Escape')
        program.get(re.compile('^May be contacted by: Phone'))

    def test_everything_held_is_shown(self):
        person = self.add('person', name='Ali Demir', notes='Likes tea')
        self.add('consent', person=person, channel='call', state='given', how='Fair')
        program = self.start()
        self.open_person('Ali Demir')
        program.click('More for this person')
        program.click('Everything Held…')
        until(lambda: any(all(part in node.text for part in ('Everything held on Ali Demir', 'Likes tea', 'How: Fair'))
                          for node in program.root.walk()), 'the page')
        program.key('Escape')
        program.wait_gone('Save As…')

    def test_person_is_erased_after_the_name_is_typed(self):
        self.add('client', name='Kuzey Nakliyat', notes='Ask Ali Demir')
        person = self.add('person', name='Ali Demir', firm='Kuzey Nakliyat', notes='Likes pallets')
        call = self.add('interaction', client='Kuzey Nakliyat', channel='call', text='About pallets')
        self.add('participant', interaction=call, person=person)
        backups = pathlib.Path(self.database).parent / 'backups'
        backups.mkdir(mode=0o700)
        # Of today, so that the program makes no further one meanwhile
        today = f'crm.db-{time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())}-daily'
        self.command('backup', str(backups / f'{today}.db'))
        program = self.start()
        self.open_person('Ali Demir')
        program.point(program.get('Birthday', role='text'))
        program.type('zibelgon')
        program.key('Tab')
        self.await_query("SELECT value FROM draft WHERE field = 'birthday'", [('zibelgon',)])
        program.click('More for this person')
        program.click('Erase for Good…')
        program.get('People: 1')
        program.get('Conversations: 1')
        program.click(re.compile('^' + today), role='check box')
        program.click('Continue', role='push button')
        name = program.get('The name of the person', role='text')
        program.point(name)
        program.type('Ali')
        until(lambda: name.text == 'Ali', 'part of the name')
        program.key('Return')
        self.assertEqual(self.query('SELECT count (*) FROM person'), [(1,)])
        program.type(' Demir')
        until(lambda: name.text == 'Ali Demir', 'the name')
        later = backups / 'later.db'
        self.command('backup', str(later))
        program.key('Return')
        program.get('The Person Is Erased')
        program.get(re.compile('still hold the person:\nlater.db$'))
        later.unlink()
        self.await_query('SELECT count (*), (SELECT notes FROM client), (SELECT text FROM interaction) FROM person', [(0, 'Ask …', None)])
        program.key('Escape')
        program.get('Choose a Person')
        for path in pathlib.Path(self.database).parent.rglob('*'):
            if path.is_file():
                self.assertFalse(b'pallets' in path.read_bytes(), path)

    def test_what_is_typed_goes_with_the_person(self):
        """The card of somebody who is erased elsewhere, with what is no day, and a title that is not saved yet."""
        self.add('client', name='Kuzey Nakliyat')
        person = self.add('person', name='Ali Demir', firm='Kuzey Nakliyat', notes='Likes pallets')
        program = self.start()
        self.open_person('Ali Demir')
        program.point(program.get('Birthday', role='text'))
        program.type('zibelgon')
        program.key('Tab')
        self.await_query("SELECT value FROM draft WHERE field = 'birthday'", [('zibelgon',)])
        program.point(program.get('Title', role='text'))
        program.type('wexumal')
        self.await_query("SELECT value FROM draft WHERE field = 'title'", [('wexumal',)])
        self.command('erase', person, '--yes', '--delete-backups')
        program.get('Choose a Person')
        self.assertEqual(self.query('SELECT * FROM draft'), [])
        program.quit()
        self.assertEqual(self.query('SELECT * FROM draft'), [])
        self.assert_nowhere('zibelgon', 'wexumal', 'pallets', 'Demir')

    def test_consent_being_typed_goes_with_the_person(self):
        person = self.add('person', name='Ali Demir')
        program = self.start()
        self.open_person('Ali Demir')
        program.click('E-mail, Marketing: Unknown', role='push button')
        program.click('Given', role='check box')
        program.point(program.get('Text shown', role='text'))
        program.type('wexumal')
        self.command('erase', person, '--yes', '--delete-backups')
        program.get('Choose a Person')
        program.wait_gone('Text shown', role='text')
        program.quit()
        self.assertEqual(self.query('SELECT * FROM consent'), [])
        self.assert_nowhere('wexumal', 'Demir')

    def test_note_being_typed_goes_with_the_person(self):
        person = self.add('person', name='Ali Demir')
        program = self.start()
        self.open_person('Ali Demir')
        program.key('ctrl+l')
        until(lambda: any(node.has('focused') for node in program.all('Phone call')), 'the channels')
        program.key('1')
        until(lambda: any(node.has('focused') for node in program.all('What was said')), 'the text')
        program.type('wexumal')
        until(lambda: 'wexumal' in str(self.query('SELECT value FROM draft')), 'the draft')
        self.command('erase', person, '--yes', '--delete-backups')
        program.wait_gone('What was said')
        program.get('Choose a Person')
        program.quit()
        self.assertEqual(self.query('SELECT * FROM draft'), [])
        self.assert_nowhere('wexumal', 'Demir')


if __name__ == '__main__':
    crm_ui.main()
