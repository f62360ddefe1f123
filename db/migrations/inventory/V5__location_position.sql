-- Where places are, in degrees (WGS 84), so that the nearest can be told.

ALTER TABLE location
    ADD COLUMN latitude  double precision CHECK (latitude BETWEEN -90 AND 90),
    ADD COLUMN longitude double precision CHECK (longitude BETWEEN -180 AND 180),
    ADD CONSTRAINT position_is_whole CHECK ((latitude IS NULL) = (longitude IS NULL));

-- Metres between two positions on a sphere of the earth's mean radius, by the haversine formula (R. W. Sinnott, Virtues of the
-- Haversine, Sky and Telescope 68, 1984); off by 0.5 % at most. NULL where a position is not known.
CREATE FUNCTION metres_between(lat1 double precision, lon1 double precision, lat2 double precision, lon2 double precision)
RETURNS int LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN round(2 * 6371008.8 * asin(least(1, sqrt(
    sin(radians(lat2 - lat1) / 2) ^ 2
    + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ^ 2))))::int;
