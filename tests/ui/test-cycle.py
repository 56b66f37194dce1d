#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A relationship from its first card to nothing at all: cards in, two made one, a call, the next step, what today asks for, everything taken back."""
import os
import re

import crm_records
import crm_ui
from crm_ui import until

CARDS = '''\
BEGIN:VCARD
VERSION:3.0
FN:Ayşe Yıldız
N:Yıldız;Ayşe;;;
ORG:Kuzey Nakliyat
TITLE:Müdür
EMAIL:ayse@kuzey.example
TEL;TYPE=CELL:0532 555 01 42
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:org
FN:Kuzey Nakliyat San. ve Tic. A.Ş.
TEL:0212 555 01 01
NOTE:Kapıda öder
END:VCARD
BEGIN:VCARD
VERSION:2.1
N:Yıldız;Ayşe
FN:Ayşe Yıldız Er
ORG:Kuzey Nakliyat
TEL;CELL:+90 532 555 01 42
END:VCARD
'''
TABLES = ('client', 'person', 'person_point', 'contact_point', 'position', 'interaction', 'participant', 'task', 'search', 'log_search')


class Cycle(crm_records.RecordsTest):

    def count(self):
        return sum(self.query(f'SELECT count (*) FROM {table}')[0][0] for table in TABLES)

    def pick(self, typed, hit):
        """From the palette, once the window has the keyboard."""
        until(self.program.focused, 'the keyboard')
        self.program.key('ctrl+k')
        self.program.get('Go to Anything', role='entry')
        self.program.type(typed)
        self.program.get(hit)
        self.program.key('Return')

    def import_cards(self):
        path = os.path.join(self.home, 'cards.vcf')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(CARDS)
        # A window of somebody whose files are open to everybody
        before = os.umask(0)
        self.start(path)
        os.umask(before)
        self.program.click(re.compile('^Import 2 New, Change 1'), role='push button')
        until(lambda: all(window.name != 'Import vCards' for window in self.program.windows()), 'the import window to close')
        self.await_query('SELECT count (*) FROM person', [(2,)])

    def merge_people(self):
        program = self.program
        self.pick('find dup', 'Find Duplicates')
        program.get('Search Again')
        program.click('People', role='push button')
        program.click(re.compile('^Merge Ayşe Yıldız'), role='push button')
        program.get('Merge People')
        program.key('ctrl+Return')
        program.get(re.compile('^Merged: Ayşe Yıldız'))
        program.key('Escape')
        program.wait_gone('Search Again')
        self.await_query('SELECT count (*) FROM person WHERE deleted IS NULL', [(1,)])

    def log_call(self):
        program = self.program
        program.key('ctrl+l')
        until(lambda: any(node.has('focused') for node in program.all('Phone call')), 'the channels')
        program.key('1')
        until(lambda: any(node.has('focused') for node in program.all('What was said')), 'the text')
        program.type('Navlun soruldu')
        program.key('ctrl+Return')
        self.await_query('SELECT subject, (SELECT name FROM client WHERE client.id = interaction.client) LIKE \'Kuzey%\' FROM interaction',
                         [('Navlun soruldu', 1)])

    def write(self, label, text):
        field = self.program.get(label, role='text')
        self.program.point(field)
        self.program.key('ctrl+a')
        self.program.type(text)
        until(lambda: self.program.get(label, role='text').text == text, f'{text!r} in {label}')

    def set_next_step(self):
        program = self.program
        self.write('Set the next step', 'teklif yolla')
        program.key('Return')
        self.write('When it is due', 'today')
        program.key('Return')
        self.await_query("SELECT next_step, next_due = date ('now', 'localtime') FROM client WHERE next_step IS NOT NULL", [('teklif yolla', 1)])

    def act_on_today(self):
        program = self.program
        program.key('ctrl+1')
        program.click(re.compile('^Done: Kuzey.*teklif yolla$'), role='push button')
        self.await_query('SELECT count (*) FROM task WHERE done IS NOT NULL', [(1,)])
        program.key('Escape')

    def attach(self):
        path = os.path.join(self.home, 'run.sh')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('#!/bin/sh\n')
        os.chmod(path, 0o777)
        self.command('attach', str(self.query('SELECT id FROM client')[0][0]), path)

    def look_at_files(self):
        """While the window has them open."""
        folder = os.path.dirname(self.database)
        until(lambda: os.path.isdir(os.path.join(folder, 'backups')), 'the backup of the day')
        found = self.assert_private()
        for name in ('crm.db-wal', 'crm.db.lock', 'backups', 'documents'):
            self.assertIn(os.path.join(folder, name), found)

    def undo_all(self):
        for _ in range(12):
            before = self.count()
            state = self.query("SELECT count (*) FROM step WHERE state = 'done' AND kind = 'do'")[0][0]
            if state == 0:
                break
            self.program.key('ctrl+z')
            until(lambda: self.query("SELECT count (*) FROM step WHERE state = 'done' AND kind = 'do'")[0][0] == state - 1, f'{state - 1} steps, {before} rows')
        self.assertEqual(self.count(), 0)

    def test_from_cards_to_nothing(self):
        self.import_cards()
        self.merge_people()
        self.pick('kuzey nak', re.compile('^Kuzey Nakliyat'))
        until(lambda: self.program.find('Set the next step', role='text') is not None, 'the card of the client')
        self.log_call()
        self.set_next_step()
        self.act_on_today()
        self.attach()
        self.look_at_files()
        self.undo_all()
        self.command('check')
        self.program.quit()
        self.assert_private()


if __name__ == '__main__':
    crm_ui.main()
