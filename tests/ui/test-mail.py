#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""E-mail files in the window: logged, undone, known again, refused; unknown senders become people."""
import os
import re

import crm_records
import crm_ui

MAIL = '''\
From: {sender}
To: ben@bizim.example
Date: Mon, 23 Nov 2026 14:05:00 +0300
Subject: {subject}
Message-ID: <{number}@kuzey.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=m

--m
Content-Type: text/plain; charset=utf-8

Fiyat listesi ektedir.
--m
Content-Type: text/plain; name="fiyat.txt"
Content-Disposition: attachment; filename="fiyat.txt"

100
--m--
'''


class Mail(crm_records.RecordsTest):

    def setUp(self):
        super().setUp()
        self.client = self.command('set', 'client', 'name=Kuzey Nakliyat', 'email=info@kuzey.example').strip()

    def write(self, name, content):
        path = os.path.join(self.home, name)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(content)
        return path

    def write_mail(self, number, sender, subject):
        return self.write(f'{number}.eml', MAIL.format(number=number, sender=sender, subject=subject))

    def test_strangers(self):
        path = self.write_mail(1, '"Ayşe <b>Işık</b>" <ayse@kuzey.example>', 'Teklif & <i>fiyat</i>')
        program = self.start(path)
        program.get('Logged: Teklif & <i>fiyat</i>')
        program.get('Add a New Person?')
        program.get('Ayşe <b>Işık</b>')
        program.get(re.compile('ayse@kuzey.example\nKuzey Nakliyat'))
        program.click('Add', role='push button')
        self.await_query('SELECT name, email, firm FROM person', [('Ayşe <b>Işık</b>', 'ayse@kuzey.example', 'Kuzey Nakliyat')])
        self.await_query('SELECT count (*) FROM participant WHERE person IS NOT NULL', [(1,)])
        self.assertEqual(self.query("SELECT i.subject, c.name, d.name FROM interaction i JOIN client c ON c.id = i.client JOIN document d"
                                    " ON d.interaction = i.id"), [('Teklif & <i>fiyat</i>', 'Kuzey Nakliyat', 'fiyat.txt')])
        program.key('ctrl+z')
        self.await_query('SELECT count (*) FROM person', [(0,)])
        program.key('ctrl+z')
        self.await_query('SELECT count (*) FROM interaction', [(0,)])

    def test_several(self):
        paths = [self.write_mail(n, 'info@kuzey.example', f'Konu {n}') for n in range(3)]
        program = self.start(*paths, self.write('bozuk.eml', 'no mail\n'))
        program.get('3 e-mails logged')
        program.get('1 E-Mail Was Not Logged')
        program.get('“bozuk.eml” is not an e-mail.')
        program.click('Close', role='push button')
        program.quit()
        program = self.start(paths[0])
        program.get('Logged already: Konu 0')
        self.assertEqual(self.query('SELECT count (*) FROM interaction'), [(3,)])

    def test_timeline(self):
        path = self.write_mail(1, 'info@kuzey.example', 'Teklif')
        self.command('log', '--eml', path)
        program = self.start()
        program.click(re.compile('^Kuzey Nakliyat'), role='list item')
        program.click('Timeline', role='page tab')
        program.click(re.compile('Teklif, .*Fiyat listesi ektedir'), role='list item')
        program.get(re.compile('^fiyat.txt, Attachment'), role='list item')
        document, = self.query('SELECT id FROM document')[0]
        self.command('set', 'document', str(document), 'name=liste.txt')
        program.get(re.compile('^liste.txt, Attachment'), role='list item')

    def test_unchecked(self):
        program = self.start(self.write_mail(1, 'Ali <ali@yeni.example>', 'A'), self.write_mail(2, 'Veli <veli@yeni.example>', 'B'))
        program.get('Add New People?')
        program.click('Ali', role='check box')
        program.click('Add', role='push button')
        self.await_query('SELECT name FROM person', [('Veli',)])


if __name__ == '__main__':
    crm_ui.main()
