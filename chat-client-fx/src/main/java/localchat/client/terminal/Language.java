package localchat.client.terminal;

import java.util.Locale;
import java.util.Map;

/// The languages this program speaks.
enum Language {
    ENGLISH("texts.properties", Locale.ENGLISH),
    PORTUGUESE("texts_pt_BR.properties", Locale.of("pt", "BR"));

    private final String resource;
    private final Locale locale;

    Language(String resource, Locale locale) {
        this.resource = resource;
        this.locale = locale;
    }

    /// The platform's language, or the one that the environment asks for by `LC_ALL`, `LC_MESSAGES`
    /// or `LANG`, the first that is set, as POSIX orders them. The variables are read here because
    /// Java knows only the locales that are installed, and a small box has none but C.
    ///
    /// @param platform Java's own idea of the language to show
    static Language of(Map<String, String> environment, Locale platform) {
        if (ofCode(platform.getLanguage()) == PORTUGUESE) {
            return PORTUGUESE;
        }
        for (String variable : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
            String value = environment.getOrDefault(variable, "");
            if (!value.isEmpty()) {
                return ofCode(value);
            }
        }
        return ENGLISH;
    }

    private static Language ofCode(String code) {
        String language = code.split("[_.@-]", 2)[0];
        return language.equalsIgnoreCase("pt") ? PORTUGUESE : ENGLISH;
    }

    /// The name of the file with its texts, beside this class.
    String resource() {
        return resource;
    }

    /// How it writes dates.
    Locale locale() {
        return locale;
    }
}
