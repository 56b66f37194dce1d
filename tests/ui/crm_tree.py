# SPDX-License-Identifier: GPL-3.0-or-later
"""The tree that a screen reader sees, asked over its bus: of one element, or all of it at once.

Element by element a window is thousands of questions, each with an answer to wait for: a second and more. GTK also tells everything
it knows in one answer, which is not the whole tree, though: there is what no one has asked for yet, and what is hidden is still
there. So the children of all are asked for besides, all in one go, and one by one what that brings to light.
"""
import os

import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ACCESSIBLE = 'org.a11y.atspi.Accessible'
ACTION = 'org.a11y.atspi.Action'
COMPONENT = 'org.a11y.atspi.Component'
TEXT = 'org.a11y.atspi.Text'
PROPERTIES = 'org.freedesktop.DBus.Properties'
REGISTRY = ('org.a11y.atspi.Registry', '/org/a11y/atspi/accessible/root')
ROOT = '/org/a11y/atspi/accessible/root'
NOTHING = '/org/a11y/atspi/null'
# By name, as bits
STATES = {Atspi.StateType(i).value_nick: 1 << i for i in range(int(Atspi.StateType.LAST_DEFINED))}
SHOWS = STATES['showing'] | STATES['visible']
# Milliseconds
PATIENCE = 15000


class Gone(Exception):
    """What was asked is no more, or never had an answer to that."""


class Silent(Exception):
    """The program does not answer at all: nothing is known, not even what is gone."""


def translated(error):
    known = Gio.DBusError.is_remote_error(error) and not any(
        error.matches(Gio.DBusError.quark(), code) for code in (Gio.DBusError.NO_REPLY, Gio.DBusError.SERVICE_UNKNOWN,
                                                               Gio.DBusError.NAME_HAS_NO_OWNER))
    return (Gone if known else Silent)(error.message)


class Bus:
    """The accessibility bus."""

    def __init__(self):
        self.connection = self._connect(os.environ['DBUS_SESSION_BUS_ADDRESS'])
        self.connection = self._connect(self.call(('org.a11y.Bus', '/org/a11y/bus'), 'org.a11y.Bus', 'GetAddress')[0])
        self.context = GLib.MainContext.default()

    @staticmethod
    def _connect(address):
        """Not one that all share: that would end this process together with the bus."""
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        return Gio.DBusConnection.new_for_address_sync(address, flags)

    def call(self, place, interface, method, arguments=None):
        """The answer of what is at this place: the name of a connection and a path."""
        try:
            return self.connection.call_sync(*place, interface, method, arguments, None, Gio.DBusCallFlags.NONE, PATIENCE).unpack()
        except GLib.Error as error:
            raise translated(error) from None

    def call_all(self, calls):
        """The answers to many calls, each (place, interface, method, arguments), asked in one go. None: it is gone."""
        answers = [None] * len(calls)
        left = len(calls)
        silent = None

        def take(connection, result, i):
            nonlocal left, silent
            left -= 1
            try:
                answers[i] = connection.call_finish(result)
            except GLib.Error as error:
                failure = translated(error)
                silent = failure if isinstance(failure, Silent) else silent
        for i, (place, interface, method, arguments) in enumerate(calls):
            self.connection.call(*place, interface, method, arguments, None, Gio.DBusCallFlags.NONE, PATIENCE, None, take, i)
        while left > 0:
            self.context.iteration(True)
        if silent:
            raise silent
        return answers

    def applications(self):
        """Of everyone who shows windows: the id of the process and the place."""
        found = []
        for place in self.call(REGISTRY, ACCESSIBLE, 'GetChildren')[0]:
            try:
                process, = self.call(('org.freedesktop.DBus', '/org/freedesktop/DBus'), 'org.freedesktop.DBus',
                                     'GetConnectionUnixProcessID', GLib.Variant('(s)', place[:1]))
            except Gone:
                continue
            found.append((process, place))
        return found


class Seen:
    """What an element said of itself."""

    def __init__(self, name, role, description, states, interfaces):
        self.name = name
        self.role = Atspi.role_get_name(role)
        self.description = description
        self.states = states[0] | states[1] << 32
        self.interfaces = interfaces

    def has(self, state):
        return bool(self.states & STATES[state])


class Tree:
    """Asks one program."""

    def __init__(self, bus, place):
        self.bus = bus
        self.connection, self.root = place
        # By their bytes: from one look to the next little changes, and taking an answer apart takes longer than having it
        self.known_items = {}
        self.known_children = {}

    def call(self, path, interface, method, arguments=None):
        return self.bus.call((self.connection, path), interface, method, arguments)

    def _ask(self, path, interface, method, arguments=None):
        return (self.connection, path), interface, method, arguments

    def _get(self, path, interface, name):
        return self._ask(path, PROPERTIES, 'Get', GLib.Variant('(ss)', (interface, name)))

    def turn(self):
        """Until the program's main loop has come round."""
        self.call(self.root, ACCESSIBLE, 'GetRole')

    def see(self, paths):
        """What each of these says of itself, but for those that are gone."""
        questions = [(self._get(path, ACCESSIBLE, 'Name'), self._ask(path, ACCESSIBLE, 'GetRole'),
                      self._get(path, ACCESSIBLE, 'Description'), self._ask(path, ACCESSIBLE, 'GetState'),
                      self._ask(path, ACCESSIBLE, 'GetInterfaces')) for path in paths]
        answers = self.bus.call_all([question for asked in questions for question in asked])
        width = len(questions[0]) if questions else 0
        each = [answers[i * width:(i + 1) * width] for i in range(len(questions))]
        return {path: Seen(*[answer.unpack()[0] for answer in of_one]) for path, of_one in zip(paths, each) if None not in of_one}

    def see_one(self, path):
        seen = self.see([path])
        if not seen:
            raise Gone(path)
        return seen[path]

    def see_known(self):
        """What GTK tells of all in one answer: what each says of itself, and who has children."""
        seen, parents, known = {}, [], {}
        try:
            items = self.bus.connection.call_sync(self.connection, '/org/a11y/atspi/cache', 'org.a11y.atspi.Cache', 'GetItems', None,
                                                  None, Gio.DBusCallFlags.NONE, PATIENCE).get_child_value(0)
        except GLib.Error:
            return seen, parents
        for i in range(items.n_children()):
            item = items.get_child_value(i)
            key = item.get_data_as_bytes().get_data()
            if key not in self.known_items:
                (_, path), _, _, _, n_children, interfaces, name, role, description, states = item.unpack()
                self.known_items[key] = path, n_children, Seen(name, role, description, states, interfaces)
            known[key] = path, n_children, seen[path] = self.known_items[key]
            if n_children != 0:
                parents.append(path)
        self.known_items = known
        return seen, parents

    def children(self, paths):
        """The paths of the children of each of these, but for those that are gone."""
        answers = self.bus.call_all([self._ask(path, ACCESSIBLE, 'GetChildren') for path in paths])
        found = {}
        for path, answer in zip(paths, answers):
            if answer is None:
                continue
            key = answer.get_data_as_bytes().get_data()
            if key not in self.known_children:
                self.known_children[key] = [child for _, child in answer.unpack()[0]]
            found[path] = self.known_children[key]
        return found

    def children_of(self, path):
        return self.children([path]).get(path, [])

    def parent_of(self, path):
        """None: there is none above."""
        _, parent = self.call(path, PROPERTIES, 'Get', GLib.Variant('(ss)', (ACCESSIBLE, 'Parent')))[0]
        return None if parent == NOTHING or path == self.root else parent

    def labels_of(self, path):
        """The paths of what it is labelled by."""
        relations = self.call(path, ACCESSIBLE, 'GetRelationSet')[0]
        return [target for kind, targets in relations if kind == int(Atspi.RelationType.LABELLED_BY) for _, target in targets]

    def attributes(self, path):
        return self.call(path, ACCESSIBLE, 'GetAttributes')[0]

    def extents(self, path):
        """x, y, width, height in its surface; zeros of what has no place."""
        try:
            return self.call(path, COMPONENT, 'GetExtents', GLib.Variant('(u)', (int(Atspi.CoordType.WINDOW),)))[0]
        except Gone:
            return 0, 0, 0, 0

    def at_point(self, path, x, y):
        """The path of what is there on this surface, or None."""
        point = GLib.Variant('(iiu)', (x, y, int(Atspi.CoordType.WINDOW)))
        _, found = self.call(path, COMPONENT, 'GetAccessibleAtPoint', point)[0]
        return None if found == NOTHING else found

    def act(self, path, names):
        """Runs its first action of one of these names. Is there one?"""
        try:
            count = self.call(path, PROPERTIES, 'Get', GLib.Variant('(ss)', (ACTION, 'NActions')))[0]
        except Gone:
            return False
        for i in range(count):
            which = GLib.Variant('(i)', (i,))
            if self.call(path, ACTION, 'GetName', which)[0] in names:
                return self.call(path, ACTION, 'DoAction', which)[0]
        return False

    def texts(self, paths):
        counts = self.bus.call_all([self._get(path, TEXT, 'CharacterCount') for path in paths])
        found = {path: '' for path in paths}
        # To its end: how that is to be asked for without the number differs
        asked = [(path, count.unpack()[0]) for path, count in zip(paths, counts) if count is not None and count.unpack()[0] > 0]
        texts = self.bus.call_all([self._ask(path, TEXT, 'GetText', GLib.Variant('(ii)', (0, count))) for path, count in asked])
        found.update((path, text.unpack()[0]) for (path, _), text in zip(asked, texts) if text is not None)
        return found


class Look:
    """The whole tree as it was at one moment."""

    def __init__(self, tree):
        self.tree = tree
        self.seen, parents = tree.see_known()
        self.children = {}
        self.parents = {}
        self.read = {}
        unknown = []
        asked = list({tree.root, *parents})
        while asked:
            found = tree.children(asked)
            self.children.update(found)
            self.parents.update((child, path) for path, children in found.items() for child in children)
            asked = [child for children in found.values() for child in children if child not in self.seen]
            unknown += asked
        # Now that it was asked for, GTK knows it, too
        if unknown:
            self.seen.update(tree.see_known()[0])
        self.seen.update(tree.see([path for path in (tree.root, *unknown) if path not in self.seen]))
        if tree.root not in self.seen:
            raise Silent('the program is gone')

    def below(self, path):
        """The paths of this and all below it that shows, each before its children."""
        found, left = [], [path]
        while left:
            path = left.pop()
            found.append(path)
            left += [child for child in reversed(self.children.get(path, ())) if child in self.seen and self.seen[child].states & SHOWS]
        return found

    def has_text(self, path):
        return TEXT in self.seen[path].interfaces

    def read_texts(self, paths):
        """Those that are not known yet, in one go."""
        self.read.update(self.tree.texts([path for path in paths if path not in self.read and self.has_text(path)]))

    def text(self, path):
        self.read_texts([path])
        return self.read.get(path, '')
