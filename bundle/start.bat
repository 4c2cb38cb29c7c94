@echo off
rem Double-click, or drop a workbook on this file.
chcp 65001 >nul
set PYTHONUTF8=1
set PYTHON=
for %%v in (3.13 3.12 3.14 3.11) do if not defined PYTHON (
  py -%%v -c "" >nul 2>nul && set PYTHON=py -%%v
)
if not defined PYTHON (
  python -c "" >nul 2>nul && set PYTHON=python
)
if defined PYTHON goto run
echo No Python was found. Install Python 3.13 (64 bit) from its installer, then start again.
type "%~dp0no_python.txt"
goto done
:run
rem Outside any block: a name such as study(1).xlsx would close it.
%PYTHON% "%~dp0start.py" %*
:done
pause
