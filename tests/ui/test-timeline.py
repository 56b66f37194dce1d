#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was said: logged with a few keys, found again in the timeline, never lost while it is typed."""
import json
import re
import sqlite3

import crm_ui
from crm_ui import until


class Timeline(crm_ui.WindowTest):

    def setUp(self):
        super().setUp()
        self.client = self.command('set', 'client', 'name=Kuzey Nakliyat').strip()
        self.command('set', 'person', 'name=Sevgi Kaya', 'firm=Kuzey Nakliyat')

    def ask(self, sql):
        with sqlite3.connect(f'file:{self.database}?mode=ro', uri=True) as base:
            return base.execute(sql).fetchall()

    def await_answer(self, sql, expected):
        until(lambda: self.ask(sql) == expected, f'{expected} of {sql}')

    def open(self, name='Kuzey Nakliyat'):
        program = self.start()
        program.click(re.compile('^' + re.escape(name)), role='list item')
        program.get('Timeline', role='page tab')
        until(lambda: program.find('Name', role='text') and program.get('Name', role='text').text == name, 'the card')
        return program

    def await_keyboard(self, program, name):
        until(lambda: any(node.has('focused') for node in program.all(name)), f'the keyboard at {name}')

    def log(self, program, outcome, text):
        program.key('ctrl+l')
        self.await_keyboard(program, 'Phone call')
        program.key(outcome)
        self.await_keyboard(program, 'What was said')
        program.type(text)

    def test_call_is_logged_with_three_keys_and_a_sentence(self):
        program = self.open()
        self.log(program, '1', 'Fiyat soruldu')
        program.key('ctrl+Return')
        program.get('The conversation is saved')
        self.await_answer('SELECT channel, direction, outcome, text, subject FROM interaction',
                          [('call', 'out', 'reached', 'Fiyat soruldu', 'Fiyat soruldu')])
        program.click('Timeline', role='page tab')
        program.get(re.compile('^Today, Fiyat soruldu, .*Phone call · Reached'), role='list item')
        program.key('ctrl+z')
        program.get('Nothing Said Yet')
        self.await_answer('SELECT count(*) FROM interaction WHERE deleted IS NULL', [(0,)])

    def test_attempts_count_and_offer_the_next_try(self):
        program = self.open()
        for outcome in '2', '4':
            self.log(program, outcome, 'Denendi')
            if outcome == '4':
                program.click('tomorrow 9:00')
                until(lambda: program.get('Next step', role='text').text == 'Call again', 'the next step')
            program.key('ctrl+Return')
            program.wait_gone('What was said')
        program.get('2 attempts, last: In a meeting')
        self.await_answer('SELECT next, time, name FROM task', [(1, '09:00', 'Call again')])
        self.await_answer('SELECT count(*) FROM interaction WHERE next_step IS NOT NULL', [(1,)])
        self.log(program, '1', 'Ulaşıldı')
        program.key('ctrl+Return')
        program.wait_gone(re.compile('attempts, last'))

    def test_empty_text_says_what_belongs_there(self):
        program = self.open()
        program.key('ctrl+l')
        self.assertEqual(program.get('What was said', role='text').attributes.get('placeholder-text'), 'What was said')

    def test_letter_chooses_the_channel_and_people_are_chips(self):
        program = self.open()
        program.key('ctrl+l')
        self.await_keyboard(program, 'Phone call')
        program.key('v')
        self.await_keyboard(program, 'Visit')
        program.key('shift+Tab', 'shift+Tab', 'shift+Tab')
        self.await_keyboard(program, 'Sevgi Kaya')
        # As fast as fingers are
        program.key('space', 'ctrl+Return')
        program.wait_gone('What was said')
        self.await_answer('SELECT channel, person.name FROM interaction JOIN participant ON interaction = interaction.id JOIN person ON person.id = person',
                          [('visit', 'Sevgi Kaya')])
        program.click('Timeline', role='page tab')
        program.click(re.compile('^Today, Visit.*Sevgi Kaya'), role='list item')
        program.click('Sevgi Kaya', role='push button')
        until(lambda: program.get('Name', role='text').text == 'Sevgi Kaya', 'the card of the person')

    def test_wrong_time_is_refused_with_the_reason(self):
        program = self.open()
        self.log(program, '1', 'Bir not')
        program.point(program.get('When', role='text'))
        program.key('ctrl+a')
        program.type('tomorrow')
        program.key('ctrl+Return')
        program.get(re.compile('^“tomorrow” is no time that has been'))
        self.assertEqual(self.ask('SELECT count(*) FROM interaction'), [(0,)])
        program.key('ctrl+a')
        program.type('yesterday 9:00')
        program.key('ctrl+Return')
        self.await_answer('SELECT count(*) FROM interaction', [(1,)])

    def test_note_survives_kill_in_mid_typing(self):
        program = self.open()
        self.log(program, '1', 'Yarida kalan not')
        until(lambda: any('Yarida kalan not' in value for value, in self.ask('SELECT value FROM draft')), 'the draft on disk', patience=3)
        program.kill()

        program = self.start()
        program.get('A note is not saved yet')
        program.click('Go On')
        program.get('This is what you typed before.')
        until(lambda: program.get('What was said', role='text').text == 'Yarida kalan not', 'the text')
        program.key('ctrl+Return')
        self.await_answer('SELECT client, outcome, text FROM interaction', [(int(self.client), 'reached', 'Yarida kalan not')])
        self.await_answer('SELECT count(*) FROM draft', [(0,)])

    def test_edit_and_delete(self):
        program = self.open()
        self.log(program, '1', 'Eski metin')
        program.key('ctrl+Return')
        program.click('Timeline', role='page tab')
        program.click(re.compile('Eski metin'), role='list item')
        program.click('Edit', role='push button')
        until(lambda: program.find('What was said', role='text') and program.get('What was said', role='text').text == 'Eski metin', 'the text')
        program.key('ctrl+a')
        program.type('Yeni metin')
        program.key('ctrl+Return')
        program.get(re.compile('Yeni metin'), role='list item')
        self.assertEqual(self.ask('SELECT text FROM interaction'), [('Yeni metin',)])
        program.click('Delete', role='push button')
        program.get('Nothing Said Yet')
        program.key('ctrl+z')
        program.get(re.compile('Yeni metin'), role='list item')

    def test_filter(self):
        self.fill(('call', 'Fiyat soruldu'), ('visit', 'Depo gezildi'))
        program = self.open()
        program.click('Timeline', role='page tab')
        program.get(re.compile('Depo gezildi'), role='list item')
        program.point(program.get('Search in the timeline'))
        program.type('FIYAT')
        program.wait_gone(re.compile('Depo gezildi'), role='list item')
        program.get(re.compile('Fiyat soruldu'), role='list item')
        program.type('xyz')
        program.get('Nothing Found')
        program.key('Escape')
        program.get(re.compile('Depo gezildi'), role='list item')
        self.command('set', 'client', self.client, 'sector=Kargo')
        program.click('Show changes, imports and finished tasks, too')
        program.get(re.compile('Sector: — → Kargo'), role='list item')

    def test_scrolling_reaches_the_oldest_of_many(self):
        with sqlite3.connect(self.database) as base:
            base.execute("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                         " INSERT INTO interaction (id, client, channel, direction, at, subject, created, modified)"
                         " SELECT 100 + i, ?, 'call', 'out', 1750000000000000 + i * 60000000, 'Nr ' || i, 0, 0 FROM n", (int(self.client),))
        program = self.open()
        program.click('Timeline', role='page tab')
        program.click(re.compile(r'\bNr 2000,'), role='list item')
        for _ in range(12):
            program.key('End')
            if program.find(re.compile(r'\bNr 1,'), role='list item'):
                break
        program.get(re.compile(r'\bNr 1,'), role='list item')

    def fill(self, *entries):
        for channel, text in entries:
            self.command('set', 'interaction', 'client=Kuzey Nakliyat', f'channel={channel}', f'text={text}')


if __name__ == '__main__':
    crm_ui.main()
