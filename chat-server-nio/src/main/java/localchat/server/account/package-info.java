/// Who there is: people, their names, devices and roles, what was decided about them, and the codes
/// that let somebody in. Pure Java without I/O; belongs to the loop thread. May import counters and
/// the core; storage implements its port [AccountStore], session asks it.
package localchat.server.account;
