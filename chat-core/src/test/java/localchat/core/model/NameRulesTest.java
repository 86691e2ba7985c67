package localchat.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Characters that a reader of this file could not see, or not tell apart, are written `<200B>`.
class NameRulesTest {
    private static final String LIKE = "LIKE ";

    private static final Map<String, String> WORDS =
            Map.of(
                    "EMPTY", "the name is empty",
                    "UNICODE", "the name is not valid Unicode",
                    "SCRIPTS", "the name mixes scripts, such as Latin and Cyrillic",
                    "DIGITS", "the name mixes digits of different scripts",
                    "TWICE", "the name has the same mark twice on a letter: U+",
                    "MARKS", "the name has more than 4 marks on a letter",
                    "ALONE", "the name has a mark that stands on no letter: U+");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            textBlock =
                    """
                    # Ordinary names, and how they are written
                    Ana
                    ana
                    ANA
                    Ana Maria
                    O'Neill-Smith
                    O<2019>Neill
                    J. R. R. Tolkien
                    Ana_2
                    Ana (casa)
                    Bob, the 2nd
                    R2-D2
                    a_b.c@d
                    C++
                    <2F>me
                    <23>1
                    l<B7>l
                    <AB>Ana<BB>
                    Ian
                    Ali
                    Al
                    Alla
                    Alle
                    Herë 2
                    Hera
                    Serverin
                    Adam
                    Todor

                    # Latin of many languages
                    José
                    João
                    Łukasz
                    Nguyễn Thị Ánh
                    Đặng
                    Straße
                    Groẞ
                    İsmail
                    Işıl
                    Çağrı
                    Þór
                    Jiří Dvořák
                    Ŧeŧ
                    Ɓala
                    Kɔfi Ɛsi
                    <02BB>Okina

                    # Other scripts
                    Ελένη
                    Ελένης
                    Жанна
                    Ђорђе
                    Կարեն
                    გიორგი
                    محمد
                    عائشة ٢
                    שרה
                    שָׁלוֹם
                    สมชาย
                    อำนาจ
                    ຄຳ
                    नेहा
                    क्षमा
                    আনিকা
                    ਸਿੰਘ
                    தமிழ்
                    తెలుగు
                    ಕನ್ನಡ
                    മലയാളം
                    සිංහල
                    မြန်မာ
                    လျှော့
                    q<300><301><302><303>
                    សុខ
                    አበበ
                    བསྟན་འཛིན
                    ᏣᎳᎩ
                    ߒߞߏ
                    ⵜⵉⴼⵉⵏⴰⵖ

                    # Scripts that are written together
                    山田 太郎
                    ユキ Yuki
                    さくらSakura
                    山田Taro
                    スーパーMario
                    김민지
                    김 Kim 金
                    王小明 Wang
                    ㄅㄆㄇ Bo 王

                    # Emoji
                    😀
                    Ana 🌻
                    Ana 👍🏽
                    Ana <2764>
                    Жанна 🌻
                    """)
    void accepts(String written) {
        String name = NameNotation.decoded(written);

        assertEquals(Optional.empty(), UserName.fault(name));
        assertEquals(name, new UserName(name).value());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    Ana <2764><FE0F>; Ana <2764>
                    <20>Ana<20>; Ana
                    <2003>Ana<3000>; Ana
                    Ana  Maria; Ana Maria
                    Jose<301>; José
                    e<323><302>; ệ
                    e<302><323>; ệ
                    <212B>sa; Åsa
                    <212A>im; Kim
                    <1100><1161>; 가
                    """)
    void acceptsInTheirCanonicalForm(String written, String canonical) {
        String name = NameNotation.decoded(written);

        assertEquals(Optional.empty(), UserName.fault(name));
        assertEquals(NameNotation.decoded(canonical), new UserName(name).value());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            textBlock =
                    """
                    # Nothing
                    ""; EMPTY
                    <20>; EMPTY
                    <9><A>; EMPTY
                    <3000><2003>; EMPTY

                    # Invisible, or ordering others
                    A<200B>na; 200B
                    A<200C>na; 200C
                    A<200D>na; 200D
                    A<202E>na; 202E
                    A<202A>na; 202A
                    A<2066>na; 2066
                    A<2069>na; 2069
                    A<200E>na; 200E
                    A<200F>na; 200F
                    A<61C>na; 061C
                    A<2060>na; 2060
                    A<FEFF>na; FEFF
                    A<AD>na; 00AD
                    A<A0>na; 00A0
                    A<202F>na; 202F
                    A<3000>na; 3000
                    A<34F>na; 034F
                    A<180E>na; 180E
                    A<FE0F>na; FE0F
                    A<E0041>na; E0041
                    A<115F>na; 115F
                    A<3164>na; 3164
                    A<FFA0>na; FFA0
                    A<2800>na; 2800
                    # Devanagari and Persian have a use for joiners; nobody's name needs one to be read
                    क्<200D>ष; 200D
                    می<200C>خواهم; 200C

                    # Controls
                    A<0>na; 0000
                    A<7>na; 0007
                    A<9>na; 0009
                    A<D>na; 000D
                    A<A>na; 000A
                    <1B>]0<3B>x<7>; 001B
                    A<7F>na; 007F
                    A<85>na; 0085
                    A<2028>na; 2028
                    A<2029>na; 2029

                    # No characters
                    A<D83D>; UNICODE
                    <DE00>A; UNICODE
                    A<E000>; E000
                    A<378>; 0378
                    A<FFFE>; FFFE
                    A<10FFFF>; 10FFFF

                    # Other forms of letters and digits
                    ａｎａ; FF41
                    ＡＤＭＩＮ; FF21
                    𝐀𝐧𝐚; 1D400
                    𝓐𝓷𝓪; 1D4D0
                    Ⓐna; 24B6
                    ﬁn; FB01
                    ªna; 00AA
                    ①; 2460
                    x²; 00B2
                    Ⅳ; 2163
                    ﾕｷ; FF95
                    ㅋㅋ; 314B
                    ᵃna; 1D43

                    # Symbols and scripts that nobody writes with
                    A♫; 266B
                    A™; 2122
                    A©; 00A9
                    A→; 2192
                    A÷; 00F7
                    ☐; 2610
                    𐌰𐌽𐌰; 10330
                    ᚨᚾᚨ; 16A8
                    𓀀; 13000

                    # Emoji that need something invisible, and letters in boxes
                    👩<200D>💻; 200D
                    1<FE0F><20E3>; FE0F
                    🏴<E0067><E007F>; E0067
                    🇧🇷; 1F1E7
                    🆗; 1F197
                    🅰; 1F170

                    # Scripts that look alike, mixed
                    Em<456>ly; SCRIPTS
                    <430>nn; SCRIPTS
                    p<430>ypal; SCRIPTS
                    <391>na; SCRIPTS
                    Ana Мария; SCRIPTS
                    Ελένη Жанна; SCRIPTS
                    Ana שרה; SCRIPTS
                    Ana محمد; SCRIPTS
                    Ana สมชาย; SCRIPTS
                    山田 Жанна; SCRIPTS
                    さくら 김; SCRIPTS
                    ㄅㄆ さくら; SCRIPTS
                    ᏣᎳ Ana; SCRIPTS
                    Ana<660>; SCRIPTS
                    नेহা; SCRIPTS
                    Аna<301>; SCRIPTS

                    # Digits of several scripts
                    1१; DIGITS
                    नेहा १1; DIGITS
                    ١۲; DIGITS
                    محمد 1٢; DIGITS

                    # Marks
                    <301>a; ALONE
                    <93E>; ALONE
                    -<93E>; ALONE
                    -<301>; ALONE
                    a <301>; ALONE
                    😀<301>; ALONE
                    a<301><301>; TWICE
                    q<308><308>; TWICE
                    ü<308>; TWICE
                    a<300><301><302><303><304>; MARKS
                    ễ<300><301><304>; MARKS

                    # Names that are kept
                    admin; LIKE admin
                    Admin; LIKE admin
                    ADMIN; LIKE admin
                    aDmIn; LIKE admin
                    <20>admin<20>; LIKE admin
                    [admin]; LIKE admin
                    *** Admin ***; LIKE admin
                    @admin; LIKE admin
                    ad.min; LIKE admin
                    a d m i n; LIKE admin
                    admin 🌻; LIKE admin
                    adrnin; LIKE admin
                    ADM1N; LIKE admin
                    adm<131>n; LIKE admin
                    ádmin; LIKE admin
                    a<338>dmin; LIKE admin
                    Administrator; LIKE administrator
                    adrninistrator; LIKE administrator
                    Moderator; LIKE moderator
                    M0DERAT0R; LIKE moderator
                    system; LIKE system
                    System; LIKE system
                    server; LIKE server
                    Everyone; LIKE everyone
                    here; LIKE here
                    all; LIKE all
                    ALL; LIKE all
                    a11; LIKE all
                    AII; LIKE all
                    a|l; LIKE all
                    Sistema; LIKE sistema
                    Servidor; LIKE servidor
                    Administrador; LIKE administrador
                    Administradora; LIKE administradora
                    Moderador; LIKE moderador
                    moderadora; LIKE moderadora
                    Todos; LIKE todos
                    todas; LIKE todas
                    """)
    void refuses(String written, String fault) {
        String name = NameNotation.decoded(written);

        String words = UserName.fault(name).orElse("accepted");

        String expected =
                fault.startsWith(LIKE)
                        ? "the name looks like \"%s\", which nobody may be called"
                                .formatted(fault.substring(LIKE.length()))
                        : WORDS.getOrDefault(
                                fault,
                                "the name has a character that names may not have: U+" + fault);
        assertTrue(words.startsWith(expected), words);
    }
}
