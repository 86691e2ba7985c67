package localchat.client.fx.i18n;

import java.util.Locale;

/// A language the window speaks.
public enum Language {
    ENGLISH("en", Locale.ENGLISH, "English"),
    PORTUGUESE("pt-BR", Locale.of("pt", "BR"), "Português");

    private final String tag;
    private final Locale locale;
    private final String ownName;

    Language(String tag, Locale locale, String ownName) {
        this.tag = tag;
        this.locale = locale;
        this.ownName = ownName;
    }

    /// The language for a BCP 47 tag, English when it is none that is spoken here.
    public static Language ofTag(String tag) {
        return Locale.forLanguageTag(tag).getLanguage().equals("pt") ? PORTUGUESE : ENGLISH;
    }

    /// The BCP 47 tag.
    public String tag() {
        return tag;
    }

    /// What dates and numbers follow.
    public Locale locale() {
        return locale;
    }

    /// Its name as its speakers write it.
    public String ownName() {
        return ownName;
    }
}
