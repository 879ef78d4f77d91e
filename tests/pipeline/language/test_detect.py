from pathlib import Path

import pytest

from pipeline.language.detect import ENGLISH, detect_language

ARTICLES = sorted((Path(__file__).parents[3] / "corpus" / "articles").glob("0*.txt"))

WRITTEN = {
    "en": "Norway and Iceland signed the Bergen Treaty on 12 March 2025. The treaty commits both states to the defence of "
    "northern sea lanes, and each of them will send four ships a year.",
    "fr": "La Norvège et l'Islande ont signé le traité de Bergen le 12 mars 2025. Le traité engage les deux États à défendre "
    "les voies maritimes du Nord, et chacun enverra quatre navires par an.",
    "de": "Norwegen und Island haben am 12. März 2025 den Vertrag von Bergen unterzeichnet. Der Vertrag verpflichtet beide "
    "Staaten zur Verteidigung der nördlichen Seewege, und jeder wird vier Schiffe im Jahr entsenden.",
    "es": "Noruega e Islandia firmaron el Tratado de Bergen el 12 de marzo de 2025. El tratado compromete a ambos Estados a "
    "defender las rutas marítimas del norte, y cada uno enviará cuatro buques al año.",
    "pl": "Norwegia i Islandia podpisały traktat z Bergen 12 marca 2025 roku. Traktat zobowiązuje oba państwa do obrony "
    "północnych szlaków morskich, a każde z nich będzie wysyłać cztery okręty rocznie.",
    "uk": "Норвегія та Ісландія підписали Бергенський договір 12 березня 2025 року. Договір зобов'язує обидві держави "
    "захищати північні морські шляхи, і кожна з них надсилатиме чотири кораблі на рік.",
    "ru": "Норвегия и Исландия подписали Бергенский договор 12 марта 2025 года. Договор обязывает оба государства защищать "
    "северные морские пути, и каждое из них будет посылать четыре корабля в год.",
    "ar": "وقعت النرويج وآيسلندا معاهدة بيرغن في الثاني عشر من مارس 2025. وتلزم المعاهدة الدولتين بالدفاع عن الممرات البحرية "
    "الشمالية، وسترسل كل منهما أربع سفن في السنة.",
    "zh": "挪威和冰岛于2025年3月12日签署了卑尔根条约。该条约规定两国有义务保卫北方海上航道，每年各派出四艘舰船。" * 3,
}


@pytest.mark.parametrize("language", WRITTEN)
def test_the_language_of_a_report(language):
    assert detect_language(WRITTEN[language]) == language


@pytest.mark.parametrize("text", ["", "Paris, 3 mars 2025", "ŠIAULIAI AGAIN", " \n " * 100, "12 " * 80, "\ud800" * 200])
def test_what_is_too_short_or_no_language_is_left_open(text):
    assert detect_language(text) is None


def test_an_english_article_full_of_names_is_english():
    assert [path.name for path in ARTICLES if detect_language(path.read_text("utf-8")) != ENGLISH] == []


def test_an_english_report_with_a_foreign_quotation_is_english():
    assert detect_language(WRITTEN["en"] * 2 + " « " + WRITTEN["fr"][:70] + " »") == ENGLISH
