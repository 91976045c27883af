"""The tests, and what they share.

The suite runs on all cores (`pytest`); named files and tests run in one process, as does all with `-n 0`.
What is dear is made once a run, for all processes: the fixtures `demo`, `campaign`, `fresh`, `small` and `once` of
conftest. Cells are asked for by header, never by letter or position, so that a new column turns nothing red.

Helpers, each said once:
- cells: addresses by header, in the contract and in a sheet that was written.
- tables: workbooks from text tables; faultless returns and masters (`a_return`, `a_master`, `case`), `only`.
- few_words: campaigns for tests of scoring in a few words, without a workbook (`Scene`).
- commands: the program as a user starts it; folders and 规则 before and after.
- surgery: packages taken apart, spoiled, put together.
- few_pcs: a Windows PC in order, over a registry that is a dictionary.
- requirement: what may be missing on a desk, never on CI. libreoffice: a real spreadsheet program.
- oracle: the independent scorer, made-up campaigns, and how they get into files.
- validation: the lint and the validators of workbooks. two_checkouts: every cell of two states of the program.

Rooms: unit (a module), property (what holds for all data), cases (worked examples), excel (open and closed workbooks),
end_to_end (whole campaigns), libreoffice, validation, oracle (tests of the oracle), fuzz (spoiled files).
"""
