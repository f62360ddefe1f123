-- Words as customers of a large shop type them: how common each is, what it is called elsewhere, what a mistyped one meant.

-- Every word of the catalogue, and about how many products have it: rare ones are looked up first.
CREATE TABLE term (
    lexeme   text PRIMARY KEY,
    products int NOT NULL CHECK (products > 0)
);
INSERT INTO term SELECT word, ndoc FROM ts_stat('SELECT document FROM product') WHERE word !~ '^[0-9]+$';

-- How many products there were when they were counted; one row.
CREATE TABLE terms_counted (products bigint NOT NULL);
INSERT INTO terms_counted SELECT count(*) FROM product;

-- Numbers are not mistyped words, and a large shop's names are full of them. "Looks like" (%) is asked of a GIN index.
DELETE FROM vocabulary WHERE word ~ '^[0-9]+$';
DROP INDEX vocabulary_by_likeness;
CREATE INDEX vocabulary_by_likeness ON vocabulary USING gin (word public.gin_trgm_ops);

-- A search waits for what was added and is not in the index proper yet; adding waits instead.
ALTER INDEX product_by_words SET (fastupdate = off);
ALTER INDEX product_by_kind SET (fastupdate = off);

-- What customers say, in the catalogue's words: Hindi in Latin letters, and other names of colours and things. A word that the
-- catalogue has itself is searched for as well.
CREATE TABLE synonym (
    said  text PRIMARY KEY CHECK (said = lower(said)),
    meant text NOT NULL
);
INSERT INTO synonym
SELECT said, meant
FROM (VALUES
    ('black', 'kala kaala kaali kaale kali kale'), ('white', 'safed safaid'), ('red', 'lal laal crimson scarlet'),
    ('blue', 'neela neeli neele nila nili'), ('green', 'hara hari hare haraa'), ('yellow', 'peela peeli peele pila'),
    ('pink', 'gulabi fuchsia magenta'), ('brown', 'bhura bhoora chocolate'), ('purple', 'baingani jamuni violet'),
    ('gold', 'sunehra sunehri sunahra golden'), ('silver', 'chandi'), ('orange', 'narangi santri'),
    ('maroon', 'burgundy'), ('ivory', 'cream offwhite'), ('beige', 'khaki nude'), ('grey', 'gray charcoal slate'),
    ('lavender', 'lilac mauve'), ('turquoise', 'firozi aqua'), ('multicolour', 'multicolor rangeen rangbirangi colourful colorful'),
    ('shoes', 'joote joota jootey jute'), ('sandals', 'chappal chappals'), ('watch', 'ghadi'), ('bag', 'thaila jhola'),
    ('backpack', 'rucksack'), ('potli bag', 'clutch'), ('trousers', 'patloon pantaloon'), ('track pants', 'joggers sweatpants'),
    ('dupatta', 'chunni odhni'), ('scarf', 'muffler'), ('kurta suit', 'kameez'), ('sneakers', 'keds plimsolls'),
    ('little black dress', 'lbd'), ('blazer', 'tuxedo'), ('winter jacket', 'parka puffer anorak'), ('shirt', 'kamiz'),
    ('wedding', 'shadi shaadi byah vivah nikah barat baraat'), ('groom', 'dulha dulhe'), ('bride', 'dulhan'),
    ('festival', 'tyohar tyohaar utsav'), ('puja', 'pooja'), ('office', 'daftar naukri'), ('party', 'jashn dawat'),
    ('birthday', 'janamdin'), ('winter warm', 'sardi sardiyon thand thandi garam jaade'), ('summer', 'garmi garmiyon'),
    ('rain', 'barish baarish monsoon'), ('silk', 'resham reshmi'), ('cotton', 'sooti suti'), ('wool', 'oon ooni unni woollen'),
    ('leather', 'chamda chamde'), ('light', 'halka halki'), ('heavy', 'bhari bhaari'), ('workout gym', 'kasrat'),
    ('running', 'daudne daud'), ('travel', 'safar yatra ghoomne'), ('holiday', 'chhutti chutti'), ('embroidered', 'kadhai kadhaai'),
    ('women', 'ladki ladkiyon aurat auraton mahila mahilao'), ('men', 'ladka ladke ladkon mard mardon aadmi purush'),
    ('kids', 'bachcha bachche bachchon bacche baccho bachi')) AS s (meant, words),
    regexp_split_to_table(words, ' ') AS said
ON CONFLICT DO NOTHING;

INSERT INTO filler_word
SELECT DISTINCT lexeme
FROM regexp_split_to_table(
    'ke ka ki ko liye hai hain mujhe mere meri mera hamare apne chahiye chaiye dikhao dikhaiye dikha batao koi kuch accha achha acchi '
    'achi achhe sundar wala wali wale aur ya bhi se mein me par pe bahut thoda zara yaar kapde kapda pehnne pehenne saste sasta sasti '
    'inexpensive lena leni do dijiye hoga kaisa kaun kaunsa really would wanna gotta gimme lookin kind sort',
    ' ') AS word,
    LATERAL (SELECT (ts_lexize('english_stem', word))[1] AS lexeme) AS l
WHERE lexeme IS NOT NULL
ON CONFLICT DO NOTHING;
