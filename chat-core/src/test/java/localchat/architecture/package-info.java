/// The never-rules N1 to N12 as far as several modules share them, and what every module's
/// `ArchitectureTest` needs to run a rule on the real classes and on classes that break it on
/// purpose (package `localchat.broken`). Each rule is a function of a
/// [localchat.architecture.House], so both are read by the same words. Used by tests only.
package localchat.architecture;
