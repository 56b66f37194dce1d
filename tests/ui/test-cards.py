#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""vCards in the window: what they would do, the import of several as one step, and the export."""
import json
import os
import re

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


class Cards(crm_ui.WindowTest):

    def write(self, name, content):
        path = os.path.join(self.home, name)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(content)
        return path

    def records(self, entity):
        return json.loads(self.command('list', entity, '--json'))

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


if __name__ == '__main__':
    crm_ui.main()
