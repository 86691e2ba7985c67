package localchat.client.fx.login;

import localchat.client.fx.i18n.Phrase;

/// Where a login stands.
public sealed interface LoginState {
    /// The person fills in the form.
    record Filling() implements LoginState {}

    /// A connection is being made.
    ///
    /// @param server as shown to the person
    record Connecting(String server) implements LoginState {}

    /// It did not work without a code, or not with the one given: the form shows where to enter
    /// one.
    record CodeNeeded(Phrase reason) implements LoginState {}

    /// It did not work; the form can be mended and sent again.
    record Refused(Phrase reason) implements LoginState {}
}
