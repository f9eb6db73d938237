"""Words by code, a module a feature: English here, Chinese in translations/zh. How to add one: docs/refusals.md."""
