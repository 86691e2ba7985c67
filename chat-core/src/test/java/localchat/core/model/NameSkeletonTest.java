package localchat.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Characters that a reader of this file could not tell apart are written `<456>`.
class NameSkeletonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            textBlock =
                    """
                    # The same name
                    Ana; Ana
                    Ana; ANA
                    Groß; GROSS
                    Groß; GROẞ
                    Ελένης; ΕΛΈΝΗΣ
                    Ελενησ; Ελενης
                    Жанна; жАННА
                    Nguyễn; NGUYỄN
                    İsmail; ismail
                    İsmail; İSMAİL
                    ISMAIL; ismail
                    Ålund; <212B>lund

                    # Letters of other scripts
                    Emily; Em<456>ly
                    ann; <430>nn
                    ann; <430>NN
                    paypal; p<430>ypal
                    scope; <455><441><43E><440><435>
                    SCOPE; <405><421><41E><420><415>
                    Scope; <455><441><43E><440><435>
                    Anna; <391>nna
                    NONA; <39D><39F><39D><391>
                    Bob; В<43E>b
                    HOPE; <41D><41E><420><415>
                    Ilona; <406>lona
                    Işıl; Işil
                    CAT; <13DF><13AA><13A2>

                    # One, small l and capital I
                    Il1; lI1
                    Il1; lll
                    lI1; lll
                    paypal; paypaI
                    PayPal; paypa1
                    PAYPAL; paypaI
                    Emily; emiIy
                    Emily; EmiIy
                    Emily; eMiIy
                    Emily; EMlLY
                    EMILY; EM1LY
                    Ian; lan
                    Ian; 1an
                    Ian; |an
                    Iara; lara
                    Lara; 1ara
                    Lara; lara
                    Anna-Iris; Anna-lris
                    Ana II; Ana ll
                    Ana II; Ana 11
                    Alan; AIan
                    Bill; BiII
                    Player 1; Player l
                    Player 1; Player I

                    # Zero and O
                    O2; 02
                    o2; 02
                    Bob; B0b
                    BOB; B0b
                    google; g00gle
                    Oleg; 0leg

                    # m and rn
                    modern; rnodern
                    Modern; rnodern
                    MODERN; rnodern
                    Emma; Ernrna
                    Tom; Torn

                    # Punctuation
                    O'Neill; O<2019>Neill
                    O'Neill; O<2BC>Neill
                    Ana-Maria; Ana<2010>Maria
                    Ana-Maria; Ana<2013>Maria

                    # Han and Kana
                    ロ; 口
                    二; ニ
                    """)
    void looksLike(String one, String other) {
        assertTrue(alike(one, other));
        assertTrue(alike(other, one));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            textBlock =
                    """
                    Ana; Anna
                    Ana; Ane
                    Jan; Jean
                    Ian; Lan
                    Iara; Lara
                    Iisa; Lisa
                    Iana; Lana
                    Ali; All
                    ALI; ALL
                    Mila; Milla
                    Eli; Ell
                    Lia; Ila
                    Bil; Bill
                    Ian; Jan
                    José; Jose
                    Müller; Muller
                    Żak; Zak
                    Ana Maria; AnaMaria
                    Ana1; Ana2
                    Player 1; Player 2
                    Player 1; Player 11
                    Tom; Tim
                    Otto; Oto
                    Cara; Sara
                    Ana; Ana 🌻
                    Ana 🌻; Ana 🌹
                    Жанна; Яна
                    山; 川
                    김민지; 김민수
                    Nan; Van
                    Νίκος; Vikos
                    محمد; محمود
                    שרה; שרון
                    Nguyễn; Nguyên
                    """)
    void looksOtherThan(String one, String other) {
        assertFalse(alike(one, other));
        assertFalse(alike(other, one));
    }

    /// As PROTOCOL.md has it: as written, and with a first I read as one, in small letters, in
    /// capitals.
    @Test
    void hasALookForEachWayToWriteAName() {
        assertEquals(
                Set.of("=lrnallLo", "~irnallLo", "~irnaillo", "~irnalLLo"),
                new UserName("ImaIlL0").skeleton().looks());
    }

    private static boolean alike(String one, String other) {
        return new UserName(NameNotation.decoded(one))
                .skeleton()
                .looksLike(new UserName(NameNotation.decoded(other)).skeleton());
    }
}
