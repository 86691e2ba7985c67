package localchat.server;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import localchat.server.account.Admissions;
import localchat.server.account.Invites;
import localchat.server.account.Register;
import localchat.server.admin.Answer;
import localchat.server.admin.InviteWish;
import localchat.server.admin.Operator;

/// What a running server does for commands. Called on the command's thread; answers on the loop
/// thread.
///
/// @param joinLink nothing when the server has none to give
/// @param post has the loop thread run something; false when it has too much to do
/// @param epochMillis milliseconds since 1970-01-01T00:00:00Z
record ServerOperator(
        Supplier<Optional<String>> joinLink,
        Predicate<Runnable> post,
        Register register,
        Admissions admissions,
        LongSupplier epochMillis)
        implements Operator {
    private static final long MILLIS_PER_SECOND = 1_000;

    @Override
    public void link(Consumer<Answer> answer) {
        answer.accept(
                joinLink.get()
                        .<Answer>map(Answer.Text::new)
                        .orElseGet(() ->
                                new Answer.Refused(
                                        "the server has no join link: it is not encrypted, or has no address"
                                                + " that others can use")));
    }

    @Override
    public void createInvite(InviteWish wish, Consumer<Answer> answer) {
        if (!post.test(() -> onCreateInvite(wish, answer))) {
            answer.accept(new Answer.Refused("the server has too much to do, try again"));
        }
    }

    /// Whoever gets the code relies on it: it is told once it is on disk.
    private void onCreateInvite(InviteWish wish, Consumer<Answer> answer) {
        if (!admissions.inviteNeeded()) {
            answer.accept(new Answer.NotNeeded());
            return;
        }
        long now = epochMillis.getAsLong();
        long validMillis = wish.validSeconds() * MILLIS_PER_SECOND;
        Optional<Invites.Made> made =
                register.invites()
                        .create(wish.uses(), validMillis == 0 ? 0 : now + validMillis, 0, now);
        if (made.isEmpty()) {
            answer.accept(
                    new Answer.Refused(
                            "the server has %d invites in force already"
                                    .formatted(Invites.INVITES_MAX)));
            return;
        }
        register.store().whenWritten(() -> answer.accept(new Answer.Text(made.get().code())));
    }
}
