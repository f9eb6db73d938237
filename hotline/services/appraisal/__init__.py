"""F3: score cards, from figures; months signed by examiners and closed; objections."""
