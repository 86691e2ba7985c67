package localchat.server.account;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import localchat.core.model.Digest32;

/// Codes that let newcomers in. Times are milliseconds since 1970-01-01T00:00:00Z. Belongs to the
/// loop thread.
public final class Invites {
    /// Invites that are kept, those used up, expired or revoked included: of these the oldest gives
    /// way to a new one. Reason: 300 KB, and more than anybody looks through.
    public static final int INVITES_MAX = 1_000;

    /// Most uses of one invite; more are any number.
    public static final int USES_MAX = 1_000_000;

    private static final int ID_CHARACTERS = 8;
    private static final String ID_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private final AccountStore store;
    private final RandomGenerator random;
    private final Map<Digest32, String> byCode = new HashMap<>();
    private final TreeMap<String, AccountRecord.Invite> byId = new TreeMap<>();

    /// @param random strong
    Invites(AccountStore store, AccountStore.Kept kept, RandomGenerator random) {
        this.store = store;
        this.random = random;
        kept.invites().forEach(this::hold);
    }

    private void hold(AccountRecord.Invite invite) {
        byId.put(invite.id(), invite);
        byCode.put(invite.code(), invite.id());
    }

    /// A new invite and its code, which is told once.
    public record Made(AccountRecord.Invite invite, String code) {}

    /// Makes one.
    ///
    /// @param uses people it admits; 0: any number
    /// @param expiresMillis from then on it admits nobody; 0: never
    /// @param createdBy user id; 0: the operator
    /// @return empty when [#INVITES_MAX] are in force
    public Optional<Made> create(int uses, long expiresMillis, long createdBy, long nowMillis) {
        if (byId.size() >= INVITES_MAX && !forgetDead(nowMillis)) {
            return Optional.empty();
        }
        String code = Codes.random(random);
        AccountRecord.Invite invite =
                new AccountRecord.Invite(
                        newId(),
                        Codes.hash(code).orElseThrow(),
                        uses == 0 ? -1 : uses,
                        expiresMillis,
                        createdBy,
                        nowMillis,
                        false);
        hold(invite);
        store.put(invite);
        return Optional.of(new Made(invite, code));
    }

    private String newId() {
        StringBuilder id = new StringBuilder();
        do {
            id.setLength(0);
            for (int i = 0; i < ID_CHARACTERS; i++) {
                id.append(ID_ALPHABET.charAt(random.nextInt(ID_ALPHABET.length())));
            }
        } while (byId.containsKey(id.toString()));
        return id.toString();
    }

    private boolean forgetDead(long nowMillis) {
        Optional<AccountRecord.Invite> oldest =
                byId.values().stream()
                        .filter(invite -> !admits(invite, nowMillis))
                        .min(Comparator.comparingLong(AccountRecord.Invite::createdMillis));
        oldest.ifPresent(dead -> {
            byId.remove(dead.id());
            byCode.remove(dead.code());
            store.remove(new AccountKey.Invite(dead.id()));
        });
        return oldest.isPresent();
    }

    /// Whether an invite still admits somebody.
    public static boolean admits(AccountRecord.Invite invite, long nowMillis) {
        boolean expired = invite.expiresMillis() != 0 && invite.expiresMillis() <= nowMillis;
        return !invite.revoked() && invite.usesLeft() != 0 && !expired;
    }

    /// The invite with this code, if it admits somebody now.
    Optional<AccountRecord.Invite> find(Digest32 code, long nowMillis) {
        return Optional.ofNullable(byCode.get(code))
                .map(byId::get)
                .filter(invite -> admits(invite, nowMillis));
    }

    /// Somebody came in with it.
    void use(AccountRecord.Invite invite) {
        if (invite.usesLeft() > 0) {
            replace(invite, invite.usesLeft() - 1, invite.revoked());
        }
    }

    /// It admits nobody any more.
    ///
    /// @return it, if there is one with this id
    public Optional<AccountRecord.Invite> revoke(String id) {
        Optional<AccountRecord.Invite> invite = Optional.ofNullable(byId.get(id));
        invite.ifPresent(known -> replace(known, known.usesLeft(), true));
        return invite;
    }

    private void replace(AccountRecord.Invite invite, int usesLeft, boolean revoked) {
        AccountRecord.Invite now =
                new AccountRecord.Invite(
                        invite.id(),
                        invite.code(),
                        usesLeft,
                        invite.expiresMillis(),
                        invite.createdBy(),
                        invite.createdMillis(),
                        revoked);
        hold(now);
        store.put(now);
    }

    /// All of them, the newest first.
    public List<AccountRecord.Invite> list() {
        List<AccountRecord.Invite> invites = new ArrayList<>(byId.values());
        invites.sort(
                Comparator.comparingLong(AccountRecord.Invite::createdMillis)
                        .thenComparing(AccountRecord.Invite::id)
                        .reversed());
        return invites;
    }
}
