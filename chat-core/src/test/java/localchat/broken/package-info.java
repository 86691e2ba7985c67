/// Small houses in which one never-rule each is broken on purpose: in `n7` rule N7, and so on. An
/// `ArchitectureTest` asserts that the rule reports every class named `Breaks…` and none named
/// `Keeps…`.
package localchat.broken;
