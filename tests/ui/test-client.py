#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The card of a client and the dialog for a new one: nothing typed is lost, and every change can be taken back."""
import json
import re
import resource
import sqlite3
import time

import crm_ui
from crm_ui import until


class ClientTest(crm_ui.WindowTest):
    """What both have in common."""

    def add(self, **fields):
        return self.command('set', 'client', *[f'{name}={value}' for name, value in fields.items()]).strip()

    def stored(self, id, field):
        return json.loads(self.command('show', id, '--json')).get(field)

    def await_stored(self, id, field, value):
        until(lambda: self.stored(id, field) == value, f'{field} {value!r} in the base')

    def drafts(self):
        with sqlite3.connect(f'file:{self.database}?mode=ro', uri=True) as base:
            return dict(base.execute('SELECT field, value FROM draft'))

    def row(self, label):
        return self.program.get(label, role='text')

    def write(self, label, text):
        """Puts the cursor into a row and writes over what is there; the row is not left."""
        self.program.point(self.row(label))
        self.program.key('ctrl+a')
        if text:
            self.program.type(text)
        else:
            self.program.key('BackSpace')
        until(lambda: self.row(label).text == text, f'{text!r} in {label}')

    def press_in_popover(self, name):
        """What is in a popover counts as covered by the window."""
        def find():
            return next((node for node in self.program.root.walk() if node.name == name and node.role == 'push button'), None)
        until(find, f'{name} in a popover').press()

    def await_row(self, label, text):
        until(lambda: self.row(label).text == text, f'{label} to read {text!r}')


class Card(ClientTest):

    def open(self, name, **environment):
        program = self.start(**environment)
        program.click(re.compile('^' + re.escape(name)), role='list item')
        until(lambda: self.row('Name').text == name, 'the card')
        return program

    def test_field_is_saved_when_left_and_taken_back(self):
        id = self.add(name='Kuzey Nakliyat', sector='Lojistik')
        program = self.open('Kuzey Nakliyat')
        self.write('Sector', 'Kargo')
        program.key('Tab')
        self.await_stored(id, 'sector', 'Kargo')

        program.key('ctrl+z')
        self.await_row('Sector', 'Lojistik')
        self.await_stored(id, 'sector', 'Lojistik')
        program.key('ctrl+shift+z')
        self.await_row('Sector', 'Kargo')

    def test_escape_takes_the_field_back(self):
        id = self.add(name='Kuzey Nakliyat', sector='Lojistik')
        program = self.open('Kuzey Nakliyat')
        self.write('Sector', 'Kargo')
        program.key('Escape')
        self.await_row('Sector', 'Lojistik')
        program.key('Tab')
        self.assertEqual(self.stored(id, 'sector'), 'Lojistik')
        until(lambda: self.drafts() == {}, 'no draft')

    def test_keyboard_in_a_row_is_heard(self):
        """A screen reader is told where it is, and what stands there."""
        self.add(name='Kuzey Nakliyat', sector='Lojistik')
        program = self.open('Kuzey Nakliyat')
        program.point(self.row('Sector'))
        until(lambda: program.focused() is not None and program.focused().name == 'Sector', 'the keyboard in the row')
        until(lambda: program.focused().description == 'Lojistik', 'what stands there')

    def test_refused_value_stays_with_the_reason(self):
        id = self.add(name='Kuzey Nakliyat')
        program = self.open('Kuzey Nakliyat')
        self.write('Name', '')
        program.key('Tab')
        program.get('Name: It cannot be empty.')
        self.assertEqual(self.stored(id, 'name'), 'Kuzey Nakliyat')
        program.click('Discard')
        self.await_row('Name', 'Kuzey Nakliyat')
        program.wait_gone('Name: It cannot be empty.')

    def test_closing_waits_until_all_is_saved(self):
        id = self.add(name='Kuzey Nakliyat', sector='Lojistik', phone='0212 555 01 42')
        program = self.open('Kuzey Nakliyat')
        with self.write_lock():
            self.write('Phone', '0212 555 02 42')
            self.write('Sector', 'Kargo')
            program.key('ctrl+q')
            time.sleep(1)
            self.assertIsNone(program.process.poll())
        program.await_end()
        self.assertEqual(self.stored(id, 'sector'), 'Kargo')
        self.assertEqual(self.stored(id, 'phone'), '0212 555 02 42')

    def test_draft_survives_kill(self):
        id = self.add(name='Kuzey Nakliyat')
        program = self.open('Kuzey Nakliyat')
        self.write('Sector', 'Yarida kalan')
        until(lambda: self.drafts() == {'sector': 'Yarida kalan'}, 'the draft on disk')
        program.kill()

        program = self.open('Kuzey Nakliyat')
        self.await_row('Sector', 'Yarida kalan')
        self.assertIsNone(self.stored(id, 'sector'))
        program.get('Typed before, not saved yet')
        program.click('Save')
        self.await_stored(id, 'sector', 'Yarida kalan')
        program.wait_gone('Typed before, not saved yet')
        until(lambda: self.drafts() == {}, 'no draft')

    def test_full_disk_loses_nothing(self):
        id = self.add(name='Kuzey Nakliyat')
        program = self.open('Kuzey Nakliyat')
        resource.prlimit(program.process.pid, resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
        self.write('Sector', 'Kargo')
        program.key('Tab')
        program.get('Try Again', role='push button')
        self.await_row('Sector', 'Kargo')
        resource.prlimit(program.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        program.click('Try Again', role='push button')
        self.await_stored(id, 'sector', 'Kargo')
        program.wait_gone('Try Again', role='push button')

    def test_card_follows_other_programs(self):
        id = self.add(name='Kuzey Nakliyat', sector='Lojistik')
        self.open('Kuzey Nakliyat')
        self.write('Account manager', 'Yazan')
        self.command('set', 'client', id, 'sector=Depo', 'owner=Başkası')
        self.await_row('Sector', 'Depo')
        self.assertEqual(self.row('Account manager').text, 'Yazan')

    def test_phone_is_added_checked_and_removed(self):
        id = self.add(name='Kuzey Nakliyat')
        program = self.open('Kuzey Nakliyat')
        program.click('Add a Phone Number')
        self.row('Phone')
        program.type('telefon')
        program.key('Return')
        program.get('Discard', role='push button')
        program.key('ctrl+a')
        program.type('0212 555 01 42')
        program.key('Return')
        self.await_stored(id, 'phone', '0212 555 01 42')
        program.wait_gone('Add a Phone Number')

        program.click('More 0212 555 01 42')
        self.press_in_popover('Remove')
        self.await_stored(id, 'phone', None)
        # Until the row is gone its popover takes the keys
        program.get('Add a Phone Number')
        program.key('ctrl+z')
        self.await_stored(id, 'phone', '0212 555 01 42')
        self.row('Phone')

    def test_rows_of_contacts_go_from_client_to_client(self):
        """What is typed stays with its client, and nobody sees another's."""
        north = self.add(name='Kuzey Nakliyat', phone='0212 555 01 42', email='satis@kuzey.example', city='İstanbul')
        south = self.add(name='Güney Nakliyat', phone='0312 555 03 42')
        self.add(name='Yeni Nakliyat')
        program = self.open('Kuzey Nakliyat')
        self.await_row('E-mail', 'satis@kuzey.example')
        self.write('Phone', '0212 555 02 42')
        program.click(re.compile('^Güney'), role='list item')
        self.await_row('Phone', '0312 555 03 42')
        self.assertIsNone(program.find('E-mail', role='text'))
        self.await_stored(north, 'phone', '0212 555 02 42')
        self.assertEqual(self.stored(south, 'phone'), '0312 555 03 42')
        program.click(re.compile('^Yeni'), role='list item')
        program.get('Add a Phone Number')
        self.assertIsNone(program.find('Phone', role='text'))
        program.click(re.compile('^Kuzey'), role='list item')
        self.await_row('Phone', '0212 555 02 42')
        self.await_row('E-mail', 'satis@kuzey.example')
        program.click('More 0212 555 02 42')
        self.press_in_popover('Remove')
        self.await_stored(north, 'phone', None)
        self.await_row('E-mail', 'satis@kuzey.example')

    def counts(self):
        with sqlite3.connect(f'file:{self.database}?mode=ro', uri=True) as base:
            return tuple(base.execute('SELECT count(*) FROM ' + table).fetchone()[0] for table in ('address', 'step'))

    def test_address_is_saved_once_filled_in(self):
        self.add(name='Kuzey Nakliyat')
        program = self.open('Kuzey Nakliyat')
        before = self.counts()
        program.click('Add an address', role='push button')
        self.row('Street')
        program.key('Escape')
        program.wait_gone('Street', role='text')
        program.click('Add an address', role='push button')
        self.row('Street')
        self.program.point(self.row('Sector'))
        program.wait_gone('Street', role='text')
        self.assertEqual(self.counts(), before)

        program.click('Add an address', role='push button')
        self.row('Street')
        program.type('Liman Cad. 5')
        program.key('Tab')
        program.type('Konak')
        program.key('Tab')
        until(lambda: self.addresses() == [('Liman Cad. 5', 'Konak', 'office')], 'one address of both')
        self.assertEqual(self.counts()[0], 1)
        until(lambda: self.drafts() == {}, 'no draft')

    def addresses(self):
        with sqlite3.connect(f'file:{self.database}?mode=ro', uri=True) as base:
            return base.execute('SELECT street, district, kind FROM address').fetchall()

    def test_draft_of_an_address_survives_kill(self):
        self.add(name='Kuzey Nakliyat')
        program = self.open('Kuzey Nakliyat')
        program.click('Add an address', role='push button')
        self.row('Street')
        program.type('Liman')
        until(lambda: self.drafts() == {'address-street': 'Liman'}, 'the draft on disk')
        program.kill()

        program = self.open('Kuzey Nakliyat')
        self.await_row('Street', 'Liman')
        program.point(self.row('Street'))
        program.key('Tab')
        until(lambda: self.addresses() == [('Liman', None, 'office')], 'the address')
        until(lambda: self.drafts() == {}, 'no draft')

    def test_tags(self):
        id = self.add(name='Kuzey Nakliyat')
        program = self.open('Kuzey Nakliyat')
        program.click(re.compile('Add a tag'))
        program.get('New tag')
        program.type('fuar')
        program.key('Return')
        program.get('Remove tag “fuar”')
        self.assertEqual(self.stored(id, 'tags'), ['fuar'])
        program.key('Escape')
        program.click('Remove tag “fuar”')
        self.await_stored(id, 'tags', [])

    def test_history_tells_old_and_new(self):
        id = self.add(name='Kuzey Nakliyat', sector='Lojistik')
        self.command('set', 'client', id, 'sector=Depo')
        program = self.open('Kuzey Nakliyat')
        program.click('History', role='page tab')
        program.get('Sector: Lojistik → Depo')
        self.command('set', 'client', id, 'sector=Kargo')
        program.get('Sector: Depo → Kargo')

    def test_tabs_by_keyboard_stay_with_the_next_client(self):
        self.add(name='Kuzey Nakliyat')
        self.add(name='Sahil Otel')
        program = self.open('Kuzey Nakliyat')
        program.key('ctrl+Page_Up')
        until(lambda: program.get('History', role='page tab').has('selected'), 'the last tab')
        program.click(re.compile('^Sahil Otel'), role='list item')
        program.get('Client added: Sahil Otel')
        program.key('ctrl+Page_Down')
        self.await_row('Name', 'Sahil Otel')

    def test_deleted_client_comes_back(self):
        id = self.add(name='Kuzey Nakliyat')
        program = self.open('Kuzey Nakliyat')
        program.click('Move to trash')
        program.get('“Kuzey Nakliyat” moved to the trash')
        program.key('ctrl+z')
        until(lambda: json.loads(self.command('show', id, '--json')).get('deleted') is None, 'the client to be back')

    def test_hostile_texts_are_shown_literally(self):
        name = '<b>Bold</b> & "Co" \u202edne\u202c'
        self.add(name=name, notes='<i>n</i>', tags='<u>tag</u>', city='<s>city</s>')
        program = self.open(name)
        program.get('<s>city</s>')
        program.get('Remove tag “<u>tag</u>”')

    def test_megabyte_does_not_stop_the_window(self):
        id = self.add(name='Uzun Not')
        # No argument of a command can be that long
        with sqlite3.connect(self.database) as base:
            base.execute('UPDATE client SET notes = ?, sector = ? WHERE id = ?', ('uzun ' * 200000, 'u' * 1000000, int(id)))
        program = self.open('Uzun Not')
        program.get(re.compile('^u+…$'))
        self.write('Account manager', 'Zeynep')
        program.key('Tab')
        self.await_stored(id, 'owner', 'Zeynep')
        self.assertEqual(len(self.stored(id, 'notes')), 1000000)


class NewClient(ClientTest):

    def open_dialog(self):
        program = self.program or self.start()
        program.get(re.compile('^Kuzey Nakliyat'), role='list item')
        program.key('ctrl+n')
        until(lambda: len(program.windows()) == 2, 'the dialog')
        # The card behind it has rows of the same names
        self.dialog = until(lambda: next((window for window in program.windows() if window.name == 'New Client'), None), 'the dialog')
        return program

    def await_closed(self):
        until(lambda: len(self.program.windows()) == 1, 'the dialog to close')

    def row(self, label):
        return self.program.get(label, role='text', within=self.dialog)

    def count(self):
        return len(json.loads(self.command('list', 'client', '--json')))

    def test_warns_of_like_clients_and_opens_one(self):
        self.add(name='Kuzey Nakliyat A.Ş.', phone='0212 555 01 42', city='Bursa')
        program = self.open_dialog()
        self.write('Name', 'KUZEY NAKL')
        program.get('Similar name · Bursa')
        self.write('Name', 'Baska Bir Ad')
        program.wait_gone('Similar name · Bursa')
        self.write('Phone', '+90 212 5550142')
        program.get('Same phone: 0212 555 01 42 · Bursa')
        program.click(re.compile('^Kuzey Nakliyat'), role='list item', within=self.dialog)
        self.await_closed()
        self.assertEqual(self.count(), 1)
        until(lambda: len(program.all('Kuzey Nakliyat A.Ş.')) >= 2, 'the card of the client that exists')

    def test_creates_a_client(self):
        self.add(name='Kuzey Nakliyat')
        program = self.open_dialog()
        self.assertFalse(program.get('Create', role='push button').has('sensitive'))
        self.write('Name', 'Ege Zeytin')
        self.write('Phone', '0232 555 01 10')
        program.key('ctrl+Return')
        self.await_closed()
        found = next(client for client in json.loads(self.command('list', 'client', '--json')) if client['name'] == 'Ege Zeytin')
        self.assertEqual((found['phone'], found['kind']), ('0232 555 01 10', 'prospect'))
        until(lambda: self.drafts() == {}, 'no draft')

    def test_refuses_a_wrong_tax_number(self):
        self.add(name='Kuzey Nakliyat')
        program = self.open_dialog()
        self.write('Name', 'Ege Zeytin')
        self.write('Tax number', '1234567891')
        program.key('ctrl+Return')
        program.get(re.compile('check digit'))
        self.assertEqual(self.count(), 1)

    def test_typed_is_there_again(self):
        self.add(name='Kuzey Nakliyat')
        program = self.open_dialog()
        self.write('Name', 'Yarida kalan')
        program.key('Escape')
        self.await_closed()
        until(lambda: self.drafts() == {'name': 'Yarida kalan'}, 'the draft on disk')
        program.kill()
        self.program = None

        program = self.open_dialog()
        self.await_row('Name', 'Yarida kalan')
        program.click('Discard')
        self.await_row('Name', '')
        until(lambda: self.drafts() == {}, 'no draft')


if __name__ == '__main__':
    crm_ui.main()
