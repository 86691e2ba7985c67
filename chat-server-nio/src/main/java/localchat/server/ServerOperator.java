package localchat.server;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import localchat.server.admin.Answer;
import localchat.server.admin.InviteWish;
import localchat.server.admin.Operator;

/// What a running server does for commands. Everybody who has the link may join, so nobody needs an
/// invite.
///
/// @param joinLink nothing when the server has none to give
record ServerOperator(Supplier<Optional<String>> joinLink) implements Operator {
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
        answer.accept(new Answer.NotNeeded());
    }
}
