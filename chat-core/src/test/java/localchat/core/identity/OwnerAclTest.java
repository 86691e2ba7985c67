package localchat.core.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Secret files where there are access lists, played by a list in memory.
class OwnerAclTest {
    private static final Path FILE = Path.of("profile", "device.key");
    private static final UserPrincipal ANA = new Person("DESK\\ana");
    private static final UserPrincipal EVERYBODY = new Person("Everyone");

    private record Person(String name) implements UserPrincipal {
        @Override
        public String getName() {
            return name;
        }
    }

    /// A file of Ana's, which its folder lets everybody read at first.
    private static class Listed implements AclFileAttributeView {
        private List<AclEntry> entries =
                List.of(entry(EVERYBODY, Set.of(AclEntryPermission.READ_DATA)));

        @Override
        public String name() {
            return "acl";
        }

        @Override
        public List<AclEntry> getAcl() {
            return entries;
        }

        @Override
        public void setAcl(List<AclEntry> acl) throws IOException {
            entries = List.copyOf(acl);
        }

        @Override
        public UserPrincipal getOwner() {
            return ANA;
        }

        @Override
        public void setOwner(UserPrincipal owner) {
            throw new UnsupportedOperationException();
        }
    }

    private static AclEntry entry(UserPrincipal who, Set<AclEntryPermission> permissions) {
        return AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(who)
                .setPermissions(permissions)
                .build();
    }

    private static void assertRefused(AclFileAttributeView view, String reason) {
        IOException refused = assertThrows(IOException.class, () -> OwnerAcl.set(FILE, view));
        assertTrue(refused.getMessage().contains(reason), refused::getMessage);
        assertTrue(refused.getMessage().contains("is no place for a secret"));
        assertFalse(refused.getMessage().contains("\n"));
    }

    @Test
    void letsTheOwnerDoEverythingAndNobodyElseAnything() throws IOException {
        Listed view = new Listed();
        OwnerAcl.set(FILE, view);
        assertEquals(List.of(entry(ANA, EnumSet.allOf(AclEntryPermission.class))), view.getAcl());
    }

    @Test
    void refusesAFileSystemThatTakesNoList() {
        assertRefused(
                new Listed() {
                    @Override
                    public void setAcl(List<AclEntry> acl) throws IOException {
                        throw new IOException("Incorrect function");
                    }
                },
                "Incorrect function");
    }

    @Test
    void refusesAFileSystemThatTakesAListAndKeepsNone() {
        assertRefused(
                new Listed() {
                    @Override
                    public List<AclEntry> getAcl() {
                        return List.of();
                    }
                },
                "keeps no access list");
    }

    @Test
    void refusesAFileSystemThatAddsSomebody() {
        assertRefused(
                new Listed() {
                    @Override
                    public void setAcl(List<AclEntry> acl) throws IOException {
                        List<AclEntry> both = new ArrayList<>(acl);
                        both.addAll(getAcl());
                        super.setAcl(both);
                    }
                },
                "keeps no access list");
    }

    @Test
    void changesNothingWhereThereAreNoLists(@TempDir Path folder) throws IOException {
        ServerKey.create(folder);
        assertTrue(ServerKey.exists(folder));
    }
}
