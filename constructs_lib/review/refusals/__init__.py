"""What the API server refuses of an object, so that Flux applies nothing of its folder.

Start with `refusals`. CRDs' schemas come from `checks/`; here stands what no schema says: rules over several fields,
the validation of Kubernetes' own kinds, and fields that nobody may change. The operator's resource differs by version
and is read in `dragonfly/refusals.py`.
"""
