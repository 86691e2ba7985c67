package localchat.server.admin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/// Answers what the test says, and remembers what was wished.
public final class FakeOperator implements Operator {
    private final List<InviteWish> wishes = Collections.synchronizedList(new ArrayList<>());
    private volatile Answer link = new Answer.Text("localchat://192.0.2.1:7667/?key=k");
    private volatile Consumer<Consumer<Answer>> invite =
            answer -> answer.accept(new Answer.NotNeeded());

    /// Answers every question for the link so from now on.
    public void link(Answer answer) {
        link = answer;
    }

    /// Does this to every wish from now on.
    public void invite(Consumer<Consumer<Answer>> reaction) {
        invite = reaction;
    }

    public List<InviteWish> wishes() {
        return List.copyOf(wishes);
    }

    @Override
    public void link(Consumer<Answer> answer) {
        answer.accept(link);
    }

    @Override
    public void createInvite(InviteWish wish, Consumer<Answer> answer) {
        wishes.add(wish);
        invite.accept(answer);
    }
}
