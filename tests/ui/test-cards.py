#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""vCards in the window: what they would do, the import of several as one step, and the export."""
import base64
import json
import os
import re
import sqlite3
import struct
import zlib

import crm_list
import crm_ui
from crm_ui import until

PEOPLE = '''\
BEGIN:VCARD
VERSION:3.0
FN:Ayşe Yıldız
N:Yıldız;Ayşe;;;
ORG:Kuzey Nakliyat
TITLE:Müdür
EMAIL:ayse@kuzey.example
X-RENK:mavi
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Doğu <b>Can</b>
TEL:ona sor
END:VCARD
'''
MORE = '''\
BEGIN:VCARD
VERSION:3.0
FN:Kuzey Nakliyat A.Ş.
ORG:Kuzey Nakliyat A.Ş.
X-ABShowAs:COMPANY
TEL:0212 555 01 01
END:VCARD
BEGIN:VCARD
VERSION:3.0
END:VCARD
'''


def make_png(width, height, colour):
    """All of one colour."""
    def chunk(name, content):
        return struct.pack('>I', len(content)) + name + content + struct.pack('>I', zlib.crc32(name + content))

    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)) +
            chunk(b'IDAT', zlib.compress((b'\0' + colour * width) * height)) + chunk(b'IEND', b''))


class Cards(crm_list.ListTest):

    def write(self, name, content):
        path = os.path.join(self.home, name)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(content)
        return path

    def query(self, sql):
        with sqlite3.connect(f'file:{self.database}?mode=ro', uri=True) as base:
            return base.execute(sql).fetchall()

    def records(self, entity):
        return json.loads(self.command('list', entity, '--json'))

    def test_photo(self):
        """It is told beforehand, becomes the person's picture with the rest of the step, and goes with it."""
        self.command('set', 'person', 'name=Ayşe Yıldız', 'email=ayse@kuzey.example')
        photo = base64.b64encode(make_png(64, 64, b'\xe0\x20\xc0')).decode()
        program = self.start(self.write('a.vcf', PEOPLE.replace('X-RENK:mavi', f'PHOTO;ENCODING=b;TYPE=PNG:{photo}')))
        program.get(re.compile(r'Photo: – → \d+ bytes PNG'))
        program.click(re.compile('^Import 1 New, Change 1$'), role='push button')
        self.await_closed()
        until(lambda: self.query("SELECT name FROM person WHERE photo IN (SELECT hash FROM document WHERE kind = 'photo')") == [('Ayşe Yıldız',)],
              'the photo')
        program.key('ctrl+z')
        until(lambda: self.query('SELECT photo FROM person') == [(None,)], 'no photo after undo')
        program.quit()

    def await_closed(self):
        until(lambda: all(window.name != 'Import vCards' for window in self.program.windows()), 'the import window to close')

    def test_import(self):
        self.command('set', 'person', 'name=Ayşe Yıldız', 'email=ayse@kuzey.example')
        paths = [self.write('a.vcf', PEOPLE), self.write('b.vcf', MORE)]
        program = self.start(*paths)
        program.get('1 new · 2 changed · 0 unchanged · 1 rejected')
        program.get('1 card is rejected')
        program.get('b.vcf: The card has no name.')
        program.get('1 firm of these people is new')
        program.get('a.vcf: Kuzey Nakliyat')
        program.get(re.compile(r'^Firm: – → Kuzey Nakliyat'))
        # Text is never markup, and no columns are asked for
        program.get('a.vcf: Doğu <b>Can</b>')
        self.assertIsNone(next((node for node in program.root.walk() if node.name == 'Columns' and node.has('showing')), None))
        program.click(re.compile('^Import 1 New, Change 2$'), role='push button')
        self.await_closed()
        until(lambda: len(self.records('person')) == 2, 'the people')
        self.assertEqual({person['firm'] for person in self.records('person')}, {None, 'Kuzey Nakliyat A.Ş.'})
        program.key('ctrl+z')
        until(lambda: len(self.records('person')) == 1 and self.records('client') == [], 'all as before after undo')
        program.key('ctrl+shift+z')
        until(lambda: len(self.records('person')) == 2, 'the people again')
        program.quit()

        program = self.start(*paths)
        program.get('0 new · 0 changed · 3 unchanged · 1 rejected')
        program.get('There is nothing to import: all of it is there already.')

    def test_file_without_cards(self):
        program = self.start(self.write('none.vcf', 'bu kart değil\n'))
        program.get('The file has no cards.')

    def save_as(self, title, path):
        """In the file chooser."""
        self.program.get(title)
        self.program.key('ctrl+a')
        self.program.type(path)
        self.program.key('Return')
        until(lambda: os.path.exists(path), 'the file')
        with open(path, encoding='utf-8') as file:
            return [line[3:] for line in file.read().splitlines() if line.startswith('FN:')]

    def test_export(self):
        program = self.start_with_clients()
        client = self.records('client')[0]
        self.command('set', 'person', 'name=Can Kara', f'firm={client["name"]}')
        # A firm with its people
        program.click(re.compile('^' + re.escape(client['name'])), role='list item')
        self.choose_menu('More for this client', 'Export as vCard…')
        self.assertEqual(self.save_as('Export as vCard', os.path.join(self.home, 'one.vcf')), [client['name'], 'Can Kara'])
        program.get(re.compile('^1 client exported to'))
        # A selection
        self.select_first(2)
        self.click_selected('Export')
        names = self.save_as('Export Clients', os.path.join(self.home, 'two.vcf'))
        self.assertEqual([name for name in names if name != 'Can Kara'], crm_list.NAMES[:2])


if __name__ == '__main__':
    crm_ui.main()
