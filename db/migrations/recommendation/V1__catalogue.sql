-- The catalogue, and the words by which customers find it.

-- Typing mistakes are forgiven with pg_trgm, which only a user who may create extensions can bring. The migrations run under
-- the owner's role, so the connecting user makes it; where that user may not, an operator made it before.
SET ROLE NONE;
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
SET ROLE journeyman_recommendation;

-- Words as they are searched: lower case, and "t-shirt" one word, lest every T-shirt be a shirt.
CREATE FUNCTION plain_words(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    regexp_replace(regexp_replace(lower(said), '\mt[- ]?shirts?\M', 'tshirt', 'g'), '\mco-ords?\M', 'coord', 'g');

CREATE TABLE category (
    category text PRIMARY KEY,
    -- categories of one family can stand in for each other
    family   text NOT NULL,
    -- what customers also call it
    aliases  text NOT NULL
);

CREATE TABLE occasion (
    occasion text PRIMARY KEY,
    aliases  text NOT NULL
);

CREATE TABLE product (
    product_id  text PRIMARY KEY,
    -- the shop's own order
    position    int NOT NULL UNIQUE,
    name        text NOT NULL,
    category    text NOT NULL REFERENCES category (category),
    audience    text NOT NULL CHECK (audience IN ('women', 'men', 'kids', 'unisex')),
    description text NOT NULL,
    price       bigint NOT NULL CHECK (price > 0),
    currency    text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    occasions   text[] NOT NULL,
    -- categories that complement it, the best first
    goes_with   text[] NOT NULL,
    -- everything by which it is found: A name and category, B aliases and colours, C occasions, D description
    document    tsvector NOT NULL,
    -- category and its aliases: what a filter by category looks at
    kind        tsvector NOT NULL
);
CREATE INDEX product_by_words ON product USING gin (document);
CREATE INDEX product_by_kind ON product USING gin (kind);
CREATE INDEX product_by_category ON product (category);

CREATE TABLE variant (
    sku        text PRIMARY KEY,
    product_id text NOT NULL REFERENCES product (product_id),
    position   int NOT NULL,
    size       text NOT NULL CHECK (size = upper(size)),
    color      text NOT NULL CHECK (color = lower(color)),
    UNIQUE (product_id, size, color),
    UNIQUE (product_id, position)
);

-- Words that say for whom; they narrow a search instead of ranking it. Relations (mother, brother) are none of them: a saree
-- for a brother's wedding is not a brother's saree.
CREATE TABLE audience_word (
    lexeme   text PRIMARY KEY,
    audience text NOT NULL CHECK (audience IN ('women', 'men', 'kids'))
);
INSERT INTO audience_word
SELECT DISTINCT (ts_lexize('english_stem', word))[1], audience
FROM (VALUES
    ('women', 'women woman womens ladies lady female'),
    ('men', 'men man mens gents gentleman male'),
    ('kids', 'kids kid children child boys boy girls girl toddler')) AS a (audience, words),
    regexp_split_to_table(words, ' ') AS word;

-- Words of politeness and trade that say nothing of the product.
CREATE TABLE filler_word (lexeme text PRIMARY KEY);
INSERT INTO filler_word
SELECT DISTINCT (ts_lexize('english_stem', word))[1]
FROM regexp_split_to_table(
    'hello hi hey please thanks show see want wanted need looking look like love search find buy get give help suggest '
    'recommend recommendation offer have something anything thing things item items product products piece pieces pair one '
    'some any nice good great best beautiful pretty cool perfect new gift present outfit clothes clothing wear wearing size '
    'sizes color colour colors colours budget price priced cheap cheaper affordable rupees rupee rs inr around about within '
    'less maximum max option options alternative alternatives similar match matching go goes kind type shop store available '
    'would could maybe today tomorrow also else instead xs xl xxl small medium large',
    ' ') AS word
WHERE ts_lexize('english_stem', word) <> '{}';

-- The words that a mistyped one may have meant: names, categories, occasions, aliases and colours.
CREATE TABLE vocabulary (
    word   text PRIMARY KEY,
    lexeme text NOT NULL
);
CREATE INDEX vocabulary_by_likeness ON vocabulary USING gist (word public.gist_trgm_ops);
