package localchat.core.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;

/// Who may do what with a secret file where files have access lists instead of permissions, as on
/// Windows: its owner everything, nobody else anything. What the folder would hand down to its
/// files is not in the list.
final class OwnerAcl {
    private OwnerAcl() {}

    /// Makes an empty file its owner's alone, before the secret is written. Does nothing where
    /// files have no access lists.
    ///
    /// @throws IOException when it cannot be; the message is for a person
    static void set(Path file) throws IOException {
        AclFileAttributeView view = Files.getFileAttributeView(file, AclFileAttributeView.class);
        if (view != null) {
            set(file, view);
        }
    }

    static void set(Path file, AclFileAttributeView view) throws IOException {
        try {
            List<AclEntry> wanted =
                    List.of(
                            AclEntry.newBuilder()
                                    .setType(AclEntryType.ALLOW)
                                    .setPrincipal(view.getOwner())
                                    .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                                    .build());
            view.setAcl(wanted);
            if (!isForOwnerAlone(view)) {
                throw new IOException("the file system keeps no access list");
            }
        } catch (IOException e) {
            throw new IOException(
                    file.toAbsolutePath().getParent()
                            + " is no place for a secret: a file there cannot be made private ("
                            + e.getMessage()
                            + "). Choose a folder on another disk",
                    e);
        }
    }

    private static boolean isForOwnerAlone(AclFileAttributeView view) throws IOException {
        List<AclEntry> entries = view.getAcl();
        UserPrincipal owner = view.getOwner();
        return !entries.isEmpty()
                && entries.stream()
                        .filter(entry -> entry.type() == AclEntryType.ALLOW)
                        .allMatch(entry -> owner.equals(entry.principal()));
    }
}
