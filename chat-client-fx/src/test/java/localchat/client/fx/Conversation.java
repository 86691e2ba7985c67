package localchat.client.fx;

import java.util.List;

/// Lifelike words for pictures.
///
/// @param rooms three that were joined, then two that can be
record Conversation(List<String> rooms, String topic, List<Line> lines) {
    /// @param sender 0 is the person in front of the window
    record Line(int minutesAgo, int sender, String text) {}

    static Conversation english() {
        return new Conversation(
                List.of("general", "design", "lunch", "release-2026", "workshop"),
                "Everything that concerns all of us",
                List.of(
                        new Line(1490, 4, "The new switch is in. Floor 2 is back online."),
                        new Line(62, 1, "Good afternoon! The drawings for hall B are there."),
                        new Line(
                                61,
                                1,
                                "Please look at page 4 before three o’clock. The cable ducts moved by 40 cm, and"
                                        + " I would like a second pair of eyes on it before we order."),
                        new Line(41, 0, "Page 4 is right. Page 6 still shows the old ducts."),
                        new Line(40, 0, "Left a note there."),
                        new Line(
                                33,
                                3,
                                "I checked the load as well: 12.4 kW, well below the limit."),
                        new Line(12, 5, "Generator test at 15:30. The lights may flicker."),
                        new Line(6, 1, "Thanks everyone. New version is up, page 6 included."),
                        new Line(1, 0, "Perfect, I’ll send the order now.")));
    }

    static Conversation portuguese() {
        return new Conversation(
                List.of("geral", "projeto", "almoço", "lançamento-2026", "oficina"),
                "O que interessa a todo mundo",
                List.of(
                        new Line(1490, 4, "O switch novo está no lugar. O 2º andar voltou."),
                        new Line(62, 1, "Boa tarde! Os desenhos do galpão B já estão lá."),
                        new Line(
                                61,
                                1,
                                "Deem uma olhada na página 4 antes das três, por favor. As calhas mudaram 40 cm"
                                        + " e eu queria mais alguém conferindo antes do pedido."),
                        new Line(
                                41,
                                0,
                                "A página 4 está certa. A 6 ainda mostra as calhas antigas."),
                        new Line(40, 0, "Deixei uma anotação lá."),
                        new Line(33, 3, "Conferi a carga também: 12,4 kW, bem abaixo do limite."),
                        new Line(12, 5, "Teste do gerador às 15:30. A luz pode piscar."),
                        new Line(6, 1, "Obrigado, pessoal. Versão nova no ar, com a página 6."),
                        new Line(1, 0, "Perfeito, vou mandar o pedido agora.")));
    }
}
