package localchat.client.fx.chat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import localchat.core.model.Availability;
import localchat.core.model.Person;

/// The people of one room as an observable list: who is there first, then who is not, each in order
/// of name. Those are, in a public room, the ones who went a while ago, else its members. Belongs
/// to the JavaFX thread.
public final class People {
    /// Most people who went that stay in sight. Reason: about one screen full.
    static final int GONE_MAX = 20;

    private record Entry(Person person, PersonRow row) {}

    private static final Comparator<Entry> ORDER =
            Comparator.<Entry, Boolean>comparing(entry -> gone(entry.person()))
                    .thenComparing(entry -> entry.person().name().folded())
                    .thenComparingLong(entry -> entry.person().userId());

    private Self self;
    private final boolean membersOnly;
    private final List<Entry> entries = new ArrayList<>();
    private final ObservableList<PersonRow> rows = FXCollections.observableArrayList();
    private final ObservableList<PersonRow> readOnlyRows =
            FXCollections.unmodifiableObservableList(rows);

    /// @param membersOnly whether the server's list is all there is, those who are not there among
    ///   it
    People(Self self, boolean membersOnly) {
        this.self = self;
        this.membersOnly = membersOnly;
    }

    /// The people, for showing.
    public ObservableList<PersonRow> rows() {
        return readOnlyRows;
    }

    /// The person is known otherwise from now on.
    void setSelf(Self now) {
        self = now;
        entries.replaceAll(entry -> entry(entry.person()));
        rows.setAll(entries.stream().map(Entry::row).toList());
    }

    /// The name of somebody in the list.
    Optional<String> name(long userId) {
        return entries.stream()
                .filter(entry -> entry.person().userId() == userId)
                .map(entry -> entry.person().name().value())
                .findFirst();
    }

    /// Replaces who is there by a list from the server; who went from a public room stays in sight.
    void replace(Collection<Person> present) {
        List<Entry> next = new ArrayList<>();
        present.forEach(person -> next.add(entry(person)));
        entries.stream()
                .filter(old -> gone(old.person()) && !membersOnly)
                .filter(old ->
                        present.stream()
                                .noneMatch(person -> person.userId() == old.person().userId()))
                .forEach(next::add);
        next.sort(ORDER);
        entries.clear();
        entries.addAll(next);
        rows.setAll(entries.stream().map(Entry::row).toList());
    }

    /// Somebody came, or is not as before.
    void put(Person person) {
        take(person.userId());
        Entry entry = entry(person);
        int found = java.util.Collections.binarySearch(entries, entry, ORDER);
        int at = found < 0 ? -found - 1 : found;
        entries.add(at, entry);
        rows.add(at, entry.row());
    }

    /// Somebody went. A member of a private room who is not in the list was taken out of it.
    void went(Person person) {
        if (membersOnly && name(person.userId()).isEmpty()) {
            return;
        }
        put(new Person(person.userId(), person.name(), person.role(), Availability.OFFLINE));
        long gone = entries.stream().filter(entry -> gone(entry.person())).count();
        if (gone > GONE_MAX && !membersOnly) {
            entries.removeLast();
            rows.removeLast();
        }
    }

    private void take(long userId) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).person().userId() == userId) {
                entries.remove(i);
                rows.remove(i);
                return;
            }
        }
    }

    private Entry entry(Person person) {
        boolean itself = self.is(person.userId(), person.name());
        return new Entry(
                person,
                new PersonRow(
                        person.userId(),
                        person.name().value(),
                        person.availability(),
                        itself,
                        person.role()));
    }

    private static boolean gone(Person person) {
        return person.availability() == Availability.OFFLINE;
    }
}
