/// How commands on the same machine reach a running server: a Unix domain socket in its data
/// folder, and the port [localchat.server.admin.Operator] behind it. A neighbour, on threads of its
/// own: imports no other project package but `core`.
package localchat.server.admin;
