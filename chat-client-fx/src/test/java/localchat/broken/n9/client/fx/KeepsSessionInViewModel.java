package localchat.broken.n9.client.fx;

import javafx.beans.property.ReadOnlyStringProperty;
import localchat.broken.n9.core.client.Session;

record KeepsSessionInViewModel(Session session, ReadOnlyStringProperty name) {}
