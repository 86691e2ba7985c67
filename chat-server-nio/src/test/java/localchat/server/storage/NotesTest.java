package localchat.server.storage;

import static localchat.server.storage.AccountStoreContract.ANA;
import static localchat.server.storage.AccountStoreContract.ANAS_DEVICE;
import static localchat.server.storage.AccountStoreContract.BENS_BAN;
import static localchat.server.storage.AccountStoreContract.BENS_MUTE;
import static localchat.server.storage.AccountStoreContract.BLOCK;
import static localchat.server.storage.AccountStoreContract.INVITE;
import static localchat.server.storage.AccountStoreContract.RECORDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import localchat.core.model.UserName;
import localchat.server.account.AccountKey;
import localchat.server.account.AccountRecord;
import localchat.server.room.Directory.KeptPerson;
import org.junit.jupiter.api.Test;

class NotesTest {
    private final Notes notes = new Notes();
    private long last;

    private Note put(AccountRecord record) {
        Note note = new Note.Kept(++last, record);
        notes.add(note);
        return note;
    }

    private Note remove(AccountKey key) {
        Note note = new Note.Gone(++last, key);
        notes.add(note);
        return note;
    }

    @Test
    void keepsOneOfThoseAboutTheSame() {
        RECORDS.forEach(this::put);
        List<Note> newest = RECORDS.stream().map(this::put).toList();
        assertEquals(newest, notes.all());
    }

    @Test
    void putsTheNewestAtTheEnd() {
        put(BENS_BAN);
        Note mute = put(BENS_MUTE);
        Note ban = put(BENS_BAN);
        assertEquals(List.of(mute, ban), notes.all());
    }

    @Test
    void takesARemovalForTheNewest() {
        put(new AccountRecord.Name(new UserName("Ana"), 7, 1));
        put(INVITE);
        put(BENS_BAN);
        put(BENS_MUTE);
        put(BLOCK);
        List<Note> gone =
                List.of(
                        remove(new AccountKey.Name(new UserName("ANA"))),
                        remove(new AccountKey.Invite("i1")),
                        remove(new AccountKey.Ban(8)),
                        remove(new AccountKey.Mute(8, 0)),
                        remove(new AccountKey.Block(7, 8)));
        assertEquals(gone, notes.all());
        assertEquals(List.of(put(BENS_BAN)), notes.all().subList(4, 5));
    }

    @Test
    void tellsPairsApart() {
        put(new AccountRecord.Mute(1, 2, 0));
        put(new AccountRecord.Mute(2, 1, 0));
        put(new AccountRecord.Block(1, 2));
        put(new AccountRecord.Block(2, 1));
        assertEquals(4, notes.all().size());
    }

    /// What goes with a person is gone though the person is put in again.
    @Test
    void keepsTheRemovalOfAPersonBeforeWhatComesAgain() {
        put(ANA);
        Note device = put(ANAS_DEVICE);
        Note gone = remove(new AccountKey.Person(7));
        assertEquals(List.of(device, gone), notes.all());
        Note again = put(ANA);
        assertEquals(List.of(device, gone, again), notes.all());
        Note goneAgain = remove(new AccountKey.Person(7));
        assertEquals(List.of(device, goneAgain), notes.all());
    }

    @Test
    void keepsTheNewestCode() {
        notes.add(new Note.AdminCode(1, Optional.of(ANA.firstDevice())));
        Note used = new Note.AdminCode(2, Optional.empty());
        notes.add(used);
        assertEquals(List.of(used), notes.all());
    }

    @Test
    void keepsEachOfTheOthersInTheirOrder() {
        Runnable told = () -> {};
        List<Note> each =
                List.of(
                        new Note.Reservation("a", 1, told),
                        new Note.Reservation("a", 1, told),
                        new Note.Newcomer(new KeptPerson(1, new UserName("a"))),
                        new Note.Newcomer(new KeptPerson(1, new UserName("a"))));
        each.forEach(notes::add);
        assertEquals(each, notes.all());
        notes.clear();
        assertTrue(notes.isEmpty());
    }
}
