#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of clients: searching, filters, saved views, the table; what is remembered, what others write."""
import re

import crm_list
import crm_ui
from crm_list import NAMES, row
from crm_ui import until


class List(crm_list.ListTest):

    # Searching

    def test_search_as_typed(self):
        program = self.start_with_clients()
        self.await_list(*NAMES)
        program.key('ctrl+f')
        program.type('ist')
        self.await_list('Ağaoğlu Gıda A.Ş.', 'İnci Kozmetik')
        program.get('2 clients')
        program.key('ctrl+a')
        program.type('5550142')
        self.await_list('Ağaoğlu Gıda A.Ş.')
        # A row tells why it was found
        program.key('ctrl+a')
        program.type('satis')
        program.get(re.compile('^Akın Makine Ltd. Şti., İzmir · satis@akin.example'), role='list item')
        program.key('Escape')
        self.await_list(*NAMES)

    def test_nothing_found_leads_on(self):
        program = self.start_with_clients()
        program.key('ctrl+f')
        program.type('bereket & <b>')
        program.get('No client matches “bereket & <b>”')
        program.get('New Client “bereket & <b>”')
        program.click('Clear Search and Filters')
        self.await_list(*NAMES)

    def test_keyboard_from_search_to_card(self):
        program = self.start_with_clients()
        program.key('ctrl+f')
        program.type('cinar')
        program.key('Return')
        until(lambda: program.find('Çınar Tekstil', role='heading') or len(program.all(row('Çınar Tekstil'))) >= 2, 'the card')
        program.key('ctrl+f')
        program.key('BackSpace', 'Down')
        until(lambda: program.focused() is not None and program.focused().role == 'list item', 'a row to have the focus')

    def test_arrow_from_search_chooses_the_first(self):
        program = self.start_with_clients()
        program.key('ctrl+f')
        program.type('cinar')
        self.await_list('Çınar Tekstil')
        program.key('Down')
        until(lambda: program.focused() is not None and program.focused().role == 'list item', 'a row to have the focus')
        until(lambda: program.get('Name', role='text').text == 'Çınar Tekstil', 'the card')

    def test_typing_in_the_rows_searches(self):
        program = self.start_with_clients()
        self.select_first(1)
        program.type('alp')
        self.await_list('Alpina Werkzeugbau GmbH')

    # Filters

    def test_filters(self):
        program = self.start_with_clients()
        self.choose_filter('Kind', 'Key client', 'Partner')
        self.await_list('Ağaoğlu Gıda A.Ş.', 'Alpina Werkzeugbau GmbH', 'İnci Kozmetik')
        program.get('3 clients · 1 filter')
        program.get('Key client or Partner')
        self.open('Add a filter', 'list item')
        self.choose_row('Fields', 'City')
        istanbul = self.popped('İstanbul', 'list item')
        self.assertIn('2', [node.name or node.text for node in istanbul.walk() if node.role == 'label'])
        self.choose_row('Values', 'İstanbul')
        program.key('Escape')
        self.await_list('Ağaoğlu Gıda A.Ş.', 'İnci Kozmetik')
        self.open('Add a filter', 'list item')
        self.choose_row('Fields', 'Has no phone')
        self.await_list('İnci Kozmetik')
        program.click('Remove filter: Key client or Partner')
        program.get('Has no phone')
        program.wait_gone('Key client or Partner')
        program.key('ctrl+f')
        program.key('Escape')
        self.await_list(*NAMES)

    # Saved views

    def test_saved_view(self):
        program = self.start_with_clients()
        self.choose_filter('Kind', 'Key client')
        self.await_list('Ağaoğlu Gıda A.Ş.', 'İnci Kozmetik')
        self.open('Saved views: Views', 'list item')
        self.choose('Save This View…', 'Tab')
        program.get('Save View')
        program.key('ctrl+a')
        program.type('Best')
        program.key('Return')
        program.get('Saved views: Best')
        program.quit()

        program = self.start()
        program.get('Saved views: Best')
        self.await_list('Ağaoğlu Gıda A.Ş.', 'İnci Kozmetik')
        self.open('Saved views: Best', 'list item')
        self.choose_row('Saved views', 'All clients')
        self.await_list(*NAMES)
        program.key('alt+1')
        self.await_list('Ağaoğlu Gıda A.Ş.', 'İnci Kozmetik')

        self.open('Saved views: Best', 'list item')
        self.choose('Menu of the view “Best”', 'Tab')
        self.choose('Delete')
        program.get('Saved views: Views')
        program.key('ctrl+z')
        program.get('Saved views: Best')

    def save_view(self, name):
        self.program.click('List menu')
        self.choose('Save View…')
        self.program.get('Save View', role='label')
        self.program.key('ctrl+a')
        self.program.type(name)
        self.program.key('Return')
        self.program.get('Saved views: ' + name)

    def test_saved_view_keeps_what_is_seen(self):
        """Its search, its face and its columns; what it is chosen from stays as it was."""
        program = self.start_with_clients()
        program.key('ctrl+f')
        program.type('istanbul')
        self.await_list('Ağaoğlu Gıda A.Ş.', 'İnci Kozmetik')
        program.click('Show as Table')
        program.get('Clients', role='tree table')
        self.choose_menu('List menu', 'Columns', 'Size')
        program.key('Escape', 'Escape')
        program.get('Size', role='label')
        self.save_view('Big city')
        pages = program.get('Pages', role='list')
        program.get('Big city', role='list item', within=pages, selected=True)

        program.key('ctrl+2')
        program.get('Saved views: All clients')
        program.get('Clients', role='list item', within=pages, selected=True)
        self.choose_menu('List menu', 'Columns', 'Size')
        program.key('Escape', 'Escape')
        until(lambda: program.find('Size', role='label') is None, 'the column to be gone')
        program.click('Show as List')
        self.await_list(*NAMES)

        program.key('alt+1')
        program.get('Saved views: Big city')
        program.get('Big city', role='list item', within=pages, selected=True)
        program.get('Size', role='label')
        until(lambda: len(self.table_names()) == 2, 'what the search of the view finds')
        self.assertEqual(program.get('Search clients').text, 'istanbul')
        program.quit()

        program = self.start()
        program.get('Saved views: Big city')
        program.get('Size', role='label')
        until(lambda: len(self.table_names()) == 2, 'what the search of the view finds')
        self.open('Saved views: Big city', 'list item')
        self.choose_row('Saved views', 'All clients')
        self.await_list(*NAMES)
        program.get('Clients', role='list item', within=program.get('Pages', role='list'), selected=True)
        program.click('Show as Table')
        until(lambda: len(self.table_names()) == 6, 'the table of all')
        self.assertIsNone(program.find('Size', role='label'))

    def test_sidebar_and_popover_choose_the_same_view(self):
        for name, kind in (('Best', 'key_client'), ('Hopes', 'prospect')):
            query = '{"filters":[{"field":"kind","op":"is","values":["%s"]}]}' % kind
            self.command('set', 'saved_view', 'name=' + name, 'entity=client', 'query=' + query)
        program = self.start_with_clients()
        pages = program.get('Pages', role='list')
        self.open('Saved views: All clients', 'list item')
        self.choose_row('Saved views', 'Hopes')
        program.get('Saved views: Hopes')
        program.get('Hopes', role='list item', within=pages, selected=True)
        program.point(program.get('Best', role='list item', within=pages))
        program.get('Saved views: Best')
        program.get('Best', role='list item', within=pages, selected=True)
        program.click('Remove filter: Key client')
        program.get('Saved views: All clients')
        program.get('Clients', role='list item', within=pages, selected=True)

    # Table

    def test_table_sorts_and_remembers_its_columns(self):
        program = self.start_with_clients()
        program.click('Show as Table')
        program.get('Clients', role='tree table')
        program.point(program.get('City', role='label'))
        until(lambda: self.table_names()[0] == 'Işıl Aydınlatma', 'the table in the order of cities')
        program.point(program.get('City', role='label'))
        until(lambda: self.table_names()[0] == 'Alpina Werkzeugbau GmbH', 'the table in the reverse order')
        self.choose_menu('List menu', 'Columns', 'Size')
        program.key('Escape', 'Escape')
        program.get('Size', role='label')
        program.get('Chain', role='label')
        program.quit()

        program = self.start()
        program.get('Size', role='label')
        until(lambda: self.table_names()[0] == 'Alpina Werkzeugbau GmbH', 'the order to be remembered')

    def table_names(self):
        cells = self.program.all(role='label', within=self.program.get('Clients', role='tree table'))
        return [name for node in cells for name in NAMES if name in (node.name, node.text)] or [None]

    # What others write

    def test_list_follows_what_others_write(self):
        program = self.start_with_clients()
        self.select_first(1)
        chosen = program.get(row('Ağaoğlu'), role='list item', selected=True)
        self.assertIsNotNone(chosen)
        self.command('set', 'client', 'name=Abacı Kağıt')
        program.get(row('Abacı Kağıt'), role='list item')
        program.get(row('Ağaoğlu'), role='list item', selected=True)
        self.assertFalse(program.get(row('Abacı Kağıt'), role='list item').has('selected'))


if __name__ == '__main__':
    crm_ui.main()
