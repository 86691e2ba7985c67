package localchat.server.admin;

import java.util.function.Consumer;

/// What commands may ask of the server. Called on a control thread; each call is answered once,
/// from any thread, or not at all when the server ends. Whatever is the loop's goes through its
/// mailbox, whoever implements this sees to it.
public interface Operator {
    /// Asks for the join link without an invite.
    ///
    /// @param answer takes [Answer.Text], or why there is no link
    void link(Consumer<Answer> answer);

    /// Asks for an invite.
    ///
    /// @param answer takes the code as [Answer.Text], [Answer.NotNeeded] where everybody may join,
    ///   or why there is none
    void createInvite(InviteWish wish, Consumer<Answer> answer);
}
